import type { Appearance } from '../src/index.js'

/** Looks of other vendors, as unlike ours and each other as can be, to see that nothing depends on ours. */
export const BRANDS: Readonly<Record<string, Appearance>> = {
  /** Warm, round, dense and in the host's serif font: every kind of token is another one. */
  terracotta: {
    tokens: {
      colorPrimary: '#a8401f',
      colorBackground: '#fffaf4',
      colorSurface: '#fbf2e7',
      colorSurfaceRaised: '#fffdf9',
      colorCanvas: '#f6eadb',
      colorText: '#33221a',
      colorTextMuted: '#6f5648',
      colorTextPlaceholder: '#7b6354',
      colorBorder: '#ebdccb',
      colorBorderStrong: '#d3bda7',
      colorEdge: '#cdb49b',
      colorNodeTrigger: '#4d6b2b',
      fontFamily: 'Georgia, "Noto Serif", "DejaVu Serif", serif',
      radiusControl: '16px',
      radiusCard: '22px',
      shadowCard: '0 2px 6px rgb(120 70 30 / 12%)',
    },
    dark: {
      colorPrimary: '#f29b76',
      colorBackground: '#1e1713',
      colorSurface: '#251c17',
      colorSurfaceRaised: '#2d221c',
      colorCanvas: '#17110e',
      colorText: '#f6ece3',
      colorTextMuted: '#c4ae9f',
      colorTextPlaceholder: '#a89284',
      colorBorder: '#3f3129',
      colorBorderStrong: '#5e4a3e',
      colorEdge: '#66513f',
      colorNodeTrigger: '#b5d07f',
    },
    density: 'compact',
    canvas: { background: 'lines' },
  },
  /** Square and roomy, and of one colour alone, that nothing can be read in on white: the rest has to follow from it. */
  citrus: {
    tokens: {
      colorPrimary: '#fde047',
      fontFamily: '"Helvetica Neue", "Liberation Sans", Arial, sans-serif',
      fontSizeBase: '15px',
      fontWeightBold: '700',
      radiusControl: '0px',
      radiusCard: '0px',
      spaceUnit: '4.5px',
      shadowCard: 'none',
    },
    canvas: { background: 'none' },
  },
}
