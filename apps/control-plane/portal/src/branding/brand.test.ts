import { describe, expect, it } from 'vitest'
import { isSameBrand, NO_BRAND, withText, withToken } from './brand.js'

describe('a brand that is edited', () => {
  it('is as before once what was added is taken away', () => {
    const colored = { ...NO_BRAND, ...withToken(NO_BRAND, { name: 'colorPrimary', scheme: 'dark', value: 'teal' }) }
    expect(colored.appearance).toEqual({ dark: { colorPrimary: 'teal' } })
    const worded = { ...colored, ...withText(colored, { language: 'de', key: 'ui.close', text: 'Zu' }) }
    expect(worded.texts).toEqual({ de: { 'ui.close': 'Zu' } })
    const plain = { ...worded, ...withText(worded, { language: 'de', key: 'ui.close', text: undefined }) }
    const back = { ...plain, ...withToken(plain, { name: 'colorPrimary', scheme: 'dark', value: '' }) }
    expect(isSameBrand(back, NO_BRAND)).toBe(true)
  })

  it('is the same in another order of keys', () => {
    const tokens = { colorText: 'black', colorPrimary: 'teal' }
    const turned = { colorPrimary: 'teal', colorText: 'black' }
    expect(isSameBrand({ ...NO_BRAND, appearance: { tokens } }, { ...NO_BRAND, appearance: { tokens: turned } })).toBe(
      true,
    )
  })
})
