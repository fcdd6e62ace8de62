import { describe, expect, it } from 'vitest'
import { formatMessage } from '../messages/format.js'
import { LOCALES, translationOf } from '../messages/locales.js'
import { ENGLISH, type MessageKey, type Messages } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { englishText, problemText, readProblem } from './api-error.js'

function textsOf(messages: Messages, locale: string): Texts {
  return (key: MessageKey, values = {}) => formatMessage(messages[key], values, locale)
}
const inEnglish = textsOf(ENGLISH, 'en')

describe('a problem in words', () => {
  it('is in the language of the widget when its code is known', async () => {
    const refused = { code: 'workflow.limit_reached', status: 409, title: 'There can be 3 automations here.' }
    const said = new Set<string>()
    for (const locale of LOCALES) {
      const messages = { ...ENGLISH, ...(await translationOf(locale)) }
      said.add(problemText(readProblem(refused), textsOf(messages, locale)))
    }
    expect(said.size).toBe(LOCALES.length)
    expect(said).not.toContain(refused.title)
  })

  it('is in the words of the server when it is not', () => {
    const problem = readProblem({ code: 'thing.new', status: 409, title: 'No such thing.', detail: 'Look elsewhere.' })
    expect(problemText(problem, inEnglish)).toBe('No such thing. Look elsewhere.')
    expect(problemText(readProblem({ code: 'toString', status: 400, title: 'Odd.' }), inEnglish)).toBe('Odd.')
  })

  it('keeps what a service said, and says when to try again', () => {
    const failed = {
      code: 'connection.test_failed',
      status: 422,
      title: 'Slack could not be connected.',
      detail: 'invalid_auth',
    }
    expect(problemText(readProblem(failed), inEnglish)).toContain('invalid_auth')
    const limited = { code: 'limit.too_many_calls', status: 429, title: 'Many.' }
    const inTime = (seconds?: number) =>
      problemText(
        readProblem({ ...limited, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) }),
        inEnglish,
      )
    expect(inTime(12)).toContain('12 seconds')
    expect(inTime(61)).toContain('2 minutes')
    expect(inTime()).toContain('1 minute')
  })

  it('tells a lost network from errors that were never sent', () => {
    expect(problemText(readProblem(new TypeError('Failed to fetch')), inEnglish)).toContain('no connection')
    expect(problemText(readProblem(new Error('getToken gave nothing.')), inEnglish)).toBe('getToken gave nothing.')
    expect(englishText(readProblem(new TypeError('Failed to fetch')))).toBe('Failed to fetch')
  })
})
