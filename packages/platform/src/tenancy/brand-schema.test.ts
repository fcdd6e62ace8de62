import { describe, expect, it } from 'vitest'
import { brandSchema, NEUTRAL_BRAND } from './brand-schema.js'

describe('a brand', () => {
  it('may word a text that counts with the forms that its language has', () => {
    const texts = { de: { 'panel.conditions': { one: '{count} Bedingung', other: '{count} Bedingungen' } } }
    expect(brandSchema.parse({ texts })).toEqual({ ...NEUTRAL_BRAND, texts })
    expect(brandSchema.safeParse({ texts: { de: { 'panel.conditions': { one: 'eine' } } } }).success).toBe(false)
  })

  it('refuses values that could fetch something or end the declaration', () => {
    for (const colorPrimary of ['url(https://example.com/x)', 'red; } body { display: none', 'image-set("a" 1x)']) {
      expect(brandSchema.safeParse({ appearance: { tokens: { colorPrimary } } }).success).toBe(false)
    }
  })
})
