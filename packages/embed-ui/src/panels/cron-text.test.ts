import { describe, expect, it } from 'vitest'
import { cronText, loadCronWords } from './cron-text.js'

describe('a cron expression in words', () => {
  it.each([
    ['en', 'At 09:00 AM, Monday through Friday'],
    ['de', 'Um 09:00, Montag bis Freitag'],
    ['fr', 'À 09:00, de lundi à vendredi'],
    ['es', 'A las 09:00, de lunes a viernes'],
    ['pt-BR', 'Às 09:00, de segunda-feira a sexta-feira'],
    ['ja', '09:00、月曜日から金曜日まで'],
    ['ar', '09:00، الإثنين حتى الجمعة'],
  ] as const)('is in the language of the widget: %s', async (language, text) => {
    expect(cronText('0 9 * * 1-5', await loadCronWords(language))).toEqual({ text, error: undefined })
  })

  it('says what is wrong with text that is none', () => {
    expect(cronText('0 9 * *')).toEqual({ text: undefined, error: 'parts' })
    expect(cronText('0 99 * * *')).toEqual({ text: undefined, error: 'part' })
  })
})
