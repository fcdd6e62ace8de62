import { describe, expect, it } from 'vitest'
import { contrast, MIN_CONTRAST, type Rgb, readableOn, toHex } from './contrast.js'

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast(BLACK, WHITE)).toBe(21)
    expect(contrast(WHITE, WHITE)).toBe(1)
    // The grey that is often named as the lightest readable one on white.
    expect(contrast([118, 118, 118], WHITE)).toBeCloseTo(4.54, 2)
  })

  it('finds a readable colour near the one that is not', () => {
    for (const [text, on] of [
      [[200, 220, 80], WHITE],
      [
        [40, 40, 90],
        [20, 20, 24],
      ],
      [
        [128, 128, 128],
        [128, 128, 128],
      ],
    ] as const) {
      expect(contrast(readableOn(text, on), on)).toBeGreaterThanOrEqual(MIN_CONTRAST)
    }
    expect(toHex(readableOn(BLACK, WHITE))).toBe('#000000')
  })
})
