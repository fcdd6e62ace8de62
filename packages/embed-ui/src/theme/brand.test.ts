import { describe, expect, it } from 'vitest'
import { brandTexts } from './brand.js'
import { mergeAppearance } from './merge-appearance.js'

describe('a brand', () => {
  it('gives way to what the host says in code, token by token', () => {
    const brand = {
      colorScheme: 'dark',
      tokens: { colorPrimary: 'teal', radiusCard: '4px' },
      density: 'compact',
    } as const
    const host = { tokens: { colorPrimary: 'red' }, canvas: { background: 'none' } } as const
    expect(mergeAppearance(brand, host)).toEqual({
      colorScheme: 'dark',
      density: 'compact',
      tokens: { colorPrimary: 'red', radiusCard: '4px' },
      dark: {},
      canvas: { background: 'none' },
    })
  })

  it('speaks the language of the page, in the form that is nearest', () => {
    const texts = { de: { 'ui.close': 'Zu', 'ui.retry': 'Nochmal' }, 'de-AT': { 'ui.close': 'Zumachen' } }
    expect(brandTexts({ texts }, 'de-AT')).toEqual({ 'ui.close': 'Zumachen', 'ui.retry': 'Nochmal' })
    expect(brandTexts({ texts }, 'de-CH')).toEqual({ 'ui.close': 'Zu', 'ui.retry': 'Nochmal' })
    expect(brandTexts({ texts }, 'fr')).toEqual({})
  })
})
