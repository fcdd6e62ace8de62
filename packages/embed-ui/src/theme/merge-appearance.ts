import type { Appearance } from './tokens.js'

/** An appearance with another one over it: single tokens and settings of `over` win. */
export function mergeAppearance(base: Appearance, over: Appearance): Appearance {
  return {
    ...base,
    ...over,
    tokens: { ...base.tokens, ...over.tokens },
    dark: { ...base.dark, ...over.dark },
    canvas: { ...base.canvas, ...over.canvas },
  }
}
