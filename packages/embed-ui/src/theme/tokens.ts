/** The 34 design tokens. Each is a key of `appearance.tokens` and a CSS variable: `colorPrimary` is `--inlay-color-primary`. */
export const TOKEN_NAMES = [
  'colorPrimary',
  'colorOnPrimary',
  'colorBackground',
  'colorSurface',
  'colorSurfaceRaised',
  'colorCanvas',
  'colorText',
  'colorTextMuted',
  'colorTextPlaceholder',
  'colorBorder',
  'colorBorderStrong',
  'colorFocus',
  'colorSelection',
  'colorSuccess',
  'colorWarning',
  'colorDanger',
  'colorInfo',
  'colorEdge',
  'colorEdgeActive',
  'colorNodeTrigger',
  'colorNodeAction',
  'colorNodeLogic',
  'colorNodeCode',
  'fontFamily',
  'fontFamilyMono',
  'fontSizeBase',
  'fontWeightNormal',
  'fontWeightBold',
  'radiusControl',
  'radiusCard',
  'spaceUnit',
  'shadowCard',
  'shadowOverlay',
  'zIndexBase',
] as const

export type TokenName = (typeof TOKEN_NAMES)[number]

/** Values are CSS: any colour, length, font list or shadow; `var(--of-the-host)` works in the page. */
export type Tokens = Partial<Record<TokenName, string>>

export const COLOR_SCHEMES = ['light', 'dark', 'auto', 'inherit'] as const
export type ColorScheme = (typeof COLOR_SCHEMES)[number]

/** How the widget looks. Everything is optional and can change at run time. */
export interface Appearance {
  /** `auto` follows the operating system, `inherit` the `color-scheme` of the page around. @default 'auto' */
  readonly colorScheme?: ColorScheme
  readonly tokens?: Tokens
  /** Values that replace `tokens` (and the built-in ones) in the dark scheme; colours only. */
  readonly dark?: Tokens
  /** @default 'comfortable' */
  readonly density?: 'comfortable' | 'compact'
  readonly canvas?: { readonly background?: 'dots' | 'lines' | 'none' }
}

/** The CSS variable of a token. */
export function tokenVariable(name: TokenName): `--inlay-${string}` {
  return `--inlay-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** CSS variables that carry out an appearance, to be set on the root element. */
export function appearanceVariables(appearance: Appearance): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const name of TOKEN_NAMES) {
    const light = appearance.tokens?.[name]
    const dark = appearance.dark?.[name]
    const variable = tokenVariable(name)
    // Only colours can differ by scheme in one declaration; for the rest the dark value has no meaning.
    if (light !== undefined && dark !== undefined && isColor(name))
      variables[variable] = `light-dark(${light}, ${dark})`
    else if (light !== undefined) variables[variable] = light
    else if (dark !== undefined && isColor(name)) {
      variables[variable] = `light-dark(var(--i-light-${variable.slice('--inlay-'.length)}), ${dark})`
    }
  }
  return variables
}

function isColor(name: TokenName): boolean {
  return name.startsWith('color')
}
