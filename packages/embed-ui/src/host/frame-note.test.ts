import { expect, it } from 'vitest'
import { LOCALES, translationOf } from '../messages/locales.js'
import { ENGLISH } from '../messages/messages.js'
import { FRAME_NOTES } from './frame-note.js'

it.each(LOCALES)('a frame that does not answer is told of in %s as the widget would', async (locale) => {
  const messages = { ...ENGLISH, ...(await translationOf(locale)) }
  expect(FRAME_NOTES[locale]).toEqual([messages['session.failed'], messages['ui.retry']])
})
