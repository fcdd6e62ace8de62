import { describe, expect, it } from 'vitest'
import { directionOf } from './direction.js'
import { formatMessage } from './format.js'
import { LOCALES, nearestLocale, translationOf } from './locales.js'
import { ENGLISH, type PartialMessages } from './messages.js'

/** The names in braces of all forms of a message. */
function placesOf(message: unknown): string[] {
  const forms = typeof message === 'string' ? [message] : Object.values(message as Record<string, string>)
  return [...new Set(forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')))].sort()
}

describe('languages', () => {
  it.each(LOCALES)('%s has every text, with the same places to fill', async (locale) => {
    const messages: PartialMessages = (await translationOf(locale)) ?? ENGLISH
    expect(Object.keys(ENGLISH).filter((key) => !(key in messages))).toEqual([])
    expect(Object.keys(messages).filter((key) => !(key in ENGLISH))).toEqual([])
    for (const [key, message] of Object.entries(ENGLISH)) {
      const translated = messages[key as keyof typeof ENGLISH] ?? ''
      expect([key, placesOf(translated)]).toEqual([key, placesOf(message)])
      expect([key, typeof translated === 'string' ? translated.trim() : translated.other.trim()]).not.toEqual([key, ''])
    }
  })

  it.each([
    ['en-GB', 'en'],
    ['de-AT', 'de'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['ar-EG', 'ar'],
    ['tlh', 'en'],
  ])('%s is written in %s', (tag, locale) => {
    expect(nearestLocale(tag)).toBe(locale)
  })

  it('know from which side they are read', () => {
    expect(['en', 'ar-EG', 'he', 'ja'].map(directionOf)).toEqual(['ltr', 'rtl', 'rtl', 'ltr'])
  })

  it('keep what is put into a text from the right together, whatever it is written in', () => {
    expect(formatMessage('بعد «{name}»', { name: 'Big order?' }, 'ar')).toBe('بعد «\u2068Big order?\u2069»')
    expect(formatMessage('after “{name}”', { name: 'Big order?' }, 'en')).toBe('after “Big order?”')
  })

  it('have the plural forms that their grammar asks for', () => {
    const steps = { zero: 'لا خطوات', one: 'خطوة واحدة', two: 'خطوتان', few: '{count} خطوات', other: '{count} خطوة' }
    const inArabic = (count: number) => formatMessage(steps, { count }, 'ar-u-nu-latn')
    expect([0, 1, 2, 3, 11, 100].map(inArabic)).toEqual([
      'لا خطوات',
      'خطوة واحدة',
      'خطوتان',
      '3 خطوات',
      '11 خطوة',
      '100 خطوة',
    ])
  })
})
