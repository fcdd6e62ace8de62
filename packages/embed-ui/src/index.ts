export { InlayTheme, type InlayThemeProps } from './theme/InlayTheme.js'
export type { Appearance, ColorScheme, TokenName, Tokens } from './theme/tokens.js'
