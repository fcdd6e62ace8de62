import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldedText, holdsText, matchesSearch, placesOfText } from './folded-text.js'

describe('searching', () => {
  it.each([
    ['cafe', 'Café Société'],
    ['SOCIETE', 'Café Société'],
    ['grosse', 'Größe'],
    ['uber', 'Übergabe'],
    ['istanbul', 'İSTANBUL'],
    ['ｗｅｂ', 'Webhook'],
    ['ガ', 'ｶﾞｲﾄﾞ'],
    ['احمد', 'أحمد'],
    ['مكتبه', 'مكتبة'],
    ['محمد', 'مُحَمَّد'],
    ['Slack', 'إرسال إلى \u2068Slack\u2069'],
    ['الى Slack', 'إرسال إلى \u2068Slack\u2069 الآن'],
  ])('for %s finds %s', (search, text) => {
    expect(matchesSearch(search, [text])).toBe(true)
  })

  it('asks for every word, in any of the texts', () => {
    expect(matchesSearch('send  slack', ['Slack', 'Send a message'])).toBe(true)
    expect(matchesSearch('send teams', ['Slack', 'Send a message'])).toBe(false)
    expect(matchesSearch('  ', ['Slack'])).toBe(true)
    expect(holdsText('Send a message', 'a mess')).toBe(true)
    expect(holdsText('Send a message', 'mess a')).toBe(false)
  })

  it('says where it found something in the text as it is written', () => {
    const marked = (text: string, wanted: string) =>
      placesOfText(text, wanted).map(([start, end]) => text.slice(start, end))
    expect(marked('Café, cafe\u0301 und CAFE', 'cafe')).toEqual(['Café', 'cafe\u0301', 'CAFE'])
    expect(marked('Größe', 'gross')).toEqual(['Größ'])
    expect(marked('ｶﾞｲﾄﾞ 1', 'ガイ')).toEqual(['ｶﾞｲ'])
    expect(marked('ﬁne ﬁ', 'f')).toEqual(['ﬁ', 'ﬁ'])
    expect(marked('none', 'x')).toEqual([])
  })

  it('never gives places outside of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 2 }), (text, wanted) => {
        let before = 0
        for (const [start, end] of placesOfText(text, wanted)) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          before = end
        }
        expect(before).toBeLessThanOrEqual(text.length)
        expect(foldedText(foldedText(text))).toBe(foldedText(text))
      }),
    )
  })
})
