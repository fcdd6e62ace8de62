import { describe, expect, it } from 'vitest'
import type { MeasuredSchemes } from './ColorProbe.js'
import { contrast, type Rgb } from './contrast.js'
import { readableAppearance } from './readable-appearance.js'

const WHITE: Rgb = [255, 255, 255]
const NIGHT: Rgb = [20, 20, 30]
const CLEAR: MeasuredSchemes = {
  light: { colorText: [0, 0, 0], colorSurfaceRaised: WHITE, colorOnPrimary: WHITE, colorPrimary: [124, 45, 18] },
  dark: { colorText: WHITE, colorSurfaceRaised: NIGHT, colorOnPrimary: [0, 0, 0], colorPrimary: [250, 170, 120] },
}

function rgbOf(hex = ''): Rgb {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

describe('an appearance in which a form can be read', () => {
  it('is the brand’s own, to the letter, where that can be read', () => {
    const appearance = {
      colorScheme: 'auto',
      tokens: { colorPrimary: 'oklch(0.4 0.1 40)', radiusCard: '2px' },
      dark: { colorPrimary: '#faaa78' },
    } as const
    expect(readableAppearance(appearance, CLEAR)).toEqual(appearance)
  })

  it('has other texts where those of the brand are too faint, in either scheme, and the same surfaces', () => {
    const appearance = { tokens: { colorPrimary: 'gold', colorOnPrimary: 'white', colorText: '#222' } }
    const gold: Rgb = [255, 215, 0]
    const { tokens, dark } = readableAppearance(appearance, {
      light: { ...CLEAR.light, colorText: [34, 34, 34], colorPrimary: gold },
      // What is said for the light scheme counts in the dark one, where nobody has looked.
      dark: { ...CLEAR.dark, colorText: [34, 34, 34], colorPrimary: gold, colorOnPrimary: WHITE },
    })
    expect(tokens).toMatchObject({ colorPrimary: 'gold', colorText: '#222222' })
    expect(dark?.colorPrimary).toBeUndefined()
    expect(contrast(rgbOf(dark?.colorText), NIGHT)).toBeGreaterThanOrEqual(7)
    for (const scheme of [tokens, dark])
      expect(contrast(rgbOf(scheme?.colorOnPrimary), gold)).toBeGreaterThanOrEqual(4.5)
  })
})
