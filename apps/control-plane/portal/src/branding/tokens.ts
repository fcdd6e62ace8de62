import type { TokenName } from '@inlay/embed-ui'

/** A token that is a colour, and how the widget itself calls its value. */
export interface ColorToken {
  readonly name: TokenName
  readonly label: string
  readonly help?: string
  /** Where the value in force can be measured. */
  readonly variable: string
}

/** The colours that make a product recognisable. */
export const MAIN_COLORS: readonly ColorToken[] = [
  {
    name: 'colorPrimary',
    label: 'Primary',
    help: 'Main buttons, links and what is selected.',
    variable: '--i-primary',
  },
  { name: 'colorOnPrimary', label: 'On primary', help: 'Text on main buttons.', variable: '--i-on-primary' },
  { name: 'colorBackground', label: 'Background', variable: '--i-background' },
  { name: 'colorSurface', label: 'Surface', help: 'Side panels and bars.', variable: '--i-surface' },
  { name: 'colorSurfaceRaised', label: 'Cards and menus', variable: '--i-raised' },
  { name: 'colorCanvas', label: 'Canvas', variable: '--i-canvas' },
  { name: 'colorText', label: 'Text', variable: '--i-text' },
  { name: 'colorTextMuted', label: 'Muted text', variable: '--i-muted' },
  { name: 'colorBorder', label: 'Lines', variable: '--i-border' },
]

/** The other ones. */
export const MORE_COLORS: readonly ColorToken[] = [
  { name: 'colorTextPlaceholder', label: 'Placeholder', variable: '--i-placeholder' },
  { name: 'colorBorderStrong', label: 'Lines of inputs', variable: '--i-border-strong' },
  { name: 'colorFocus', label: 'Focus', help: 'The ring around what the keyboard is on.', variable: '--i-focus' },
  { name: 'colorSelection', label: 'Selection', variable: '--i-selection' },
  { name: 'colorSuccess', label: 'Success', variable: '--i-success' },
  { name: 'colorWarning', label: 'Warning', variable: '--i-warning' },
  { name: 'colorDanger', label: 'Danger', variable: '--i-danger' },
  { name: 'colorInfo', label: 'Information', variable: '--i-info' },
  { name: 'colorEdge', label: 'Connecting lines', variable: '--i-edge' },
  { name: 'colorEdgeActive', label: 'Connecting lines in use', variable: '--i-edge-active' },
  { name: 'colorNodeTrigger', label: 'Starts', variable: '--i-node-trigger' },
  { name: 'colorNodeAction', label: 'Actions', variable: '--i-node-action' },
  { name: 'colorNodeLogic', label: 'Logic', variable: '--i-node-logic' },
  { name: 'colorNodeCode', label: 'Code', variable: '--i-node-code' },
]

/** Every colour. */
export const COLORS: readonly ColorToken[] = [...MAIN_COLORS, ...MORE_COLORS]

/** A token that is no colour. */
export interface PlainToken {
  readonly name: TokenName
  readonly label: string
  readonly help?: string
  readonly placeholder: string
}

/** Everything else that is rarely changed. */
export const MORE_PLAIN: readonly PlainToken[] = [
  { name: 'fontSizeBase', label: 'Text size', placeholder: '14px' },
  { name: 'fontWeightNormal', label: 'Weight of text', placeholder: '400' },
  { name: 'fontWeightBold', label: 'Weight of headings', placeholder: '600' },
  { name: 'spaceUnit', label: 'Unit of distances', help: 'Most distances are multiples of it.', placeholder: '4px' },
  { name: 'shadowCard', label: 'Shadow of cards', placeholder: '0 1px 2px rgb(0 0 0 / 10%)' },
  { name: 'shadowOverlay', label: 'Shadow of menus and dialogs', placeholder: '0 16px 40px rgb(0 0 0 / 15%)' },
  { name: 'zIndexBase', label: 'Layer', help: 'Menus and dialogs lie above what has less.', placeholder: '10' },
]

/** Fonts that every computer has, so that nothing is loaded from elsewhere. */
export const FONT_STACKS = [
  { label: 'System', value: '' },
  {
    label: 'Humanist',
    value: 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif',
  },
  { label: 'Geometric', value: 'Avenir, Montserrat, Corbel, "URW Gothic", source-sans-pro, sans-serif' },
  { label: 'Classic sans', value: 'Inter, Roboto, "Helvetica Neue", "Arial Nova", "Nimbus Sans", Arial, sans-serif' },
  {
    label: 'Rounded',
    value: 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, Calibri, sans-serif',
  },
  { label: 'Serif', value: 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif' },
] as const
