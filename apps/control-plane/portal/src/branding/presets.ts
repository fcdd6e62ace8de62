import type { Brand } from './brand.js'

/** A look to begin from. Names, logos and texts stay. */
export interface Preset {
  readonly id: string
  readonly label: string
  readonly appearance: Brand['appearance']
}

export const PRESETS: readonly Preset[] = [
  { id: 'neutral', label: 'Neutral', appearance: {} },
  {
    id: 'compact',
    label: 'Compact',
    appearance: {
      density: 'compact',
      tokens: { radiusControl: '4px', radiusCard: '6px', shadowCard: 'none' },
      canvas: { background: 'lines' },
    },
  },
  {
    id: 'contrast',
    label: 'High contrast',
    appearance: {
      tokens: {
        colorPrimary: '#1a2bb8',
        colorOnPrimary: '#ffffff',
        colorBackground: '#ffffff',
        colorSurface: '#ffffff',
        colorSurfaceRaised: '#ffffff',
        colorCanvas: '#f2f2f2',
        colorText: '#000000',
        colorTextMuted: '#2e2e2e',
        colorTextPlaceholder: '#4a4a4a',
        colorBorder: '#6b6b6b',
        colorBorderStrong: '#1f1f1f',
        colorFocus: '#1a2bb8',
        colorEdge: '#3d3d3d',
        colorEdgeActive: '#1a2bb8',
        colorSuccess: '#00532f',
        colorWarning: '#6b3d00',
        colorDanger: '#9c0016',
        colorInfo: '#0b3f91',
      },
      dark: {
        colorPrimary: '#b8c0ff',
        colorOnPrimary: '#000000',
        colorBackground: '#000000',
        colorSurface: '#000000',
        colorSurfaceRaised: '#0a0a0a',
        colorCanvas: '#000000',
        colorText: '#ffffff',
        colorTextMuted: '#dedede',
        colorTextPlaceholder: '#c4c4c4',
        colorBorder: '#8f8f8f',
        colorBorderStrong: '#d6d6d6',
        colorFocus: '#b8c0ff',
        colorEdge: '#b0b0b0',
        colorEdgeActive: '#b8c0ff',
        colorSuccess: '#7ff0b5',
        colorWarning: '#ffd27a',
        colorDanger: '#ffb0b5',
        colorInfo: '#a9d1ff',
      },
    },
  },
]
