import { describe, expect, it } from 'vitest'
import { measureSizes } from './sizes.js'

describe('the widget', () => {
  it('is as light on a page as we promise', async () => {
    const sizes = await measureSizes()
    const tooHeavy = sizes.filter(({ bytes, limit }) => limit !== undefined && bytes > limit)
    expect(tooHeavy).toEqual([])
    expect(sizes.every(({ bytes }) => bytes > 1000)).toBe(true)
  })
})
