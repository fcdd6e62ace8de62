import { describe, expect, it } from 'vitest'
import { formatMessage } from '../messages/format.js'
import { LOCALES, translationOf } from '../messages/locales.js'
import { ENGLISH, type MessageKey, type Messages } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { englishText, problemParts, problemText, readProblem } from './api-error.js'

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

  it('is a general sentence with the code when it is not, and never the words of the server', () => {
    const problem = readProblem({ code: 'thing.new', status: 409, title: 'No such thing.', detail: 'Look elsewhere.' })
    expect(problemText(problem, inEnglish)).toBe(inEnglish('problem.other', { code: 'thing.new' }))
    expect(problemText(readProblem({ code: 'toString', status: 400, title: 'Odd.' }), inEnglish)).toContain('toString')
    expect(problemText(readProblem({ status: 500, stack: 'at x.js:1' }), inEnglish)).toContain('unknown')
  })

  it('names what does not fit by the codes of the issues', () => {
    const issues = [
      { pointer: '/name', message: 'Too big: expected string', code: 'field.too_long', details: { limit: 200 } },
      { pointer: '/note', message: 'Invalid input' },
    ]
    const refused = {
      code: 'request.invalid',
      status: 400,
      title: 'The request is not valid.',
      detail: '/name',
      issues,
    }
    expect(problemText(readProblem(refused), inEnglish)).toBe(
      `${inEnglish('problem.request.invalid')} ${inEnglish('issue.tooLong', { count: 200 })}`,
    )
    expect(problemText(readProblem({ ...refused, issues: [] }), inEnglish)).toBe(inEnglish('problem.request.invalid'))
  })

  it('tells the words of a service from ours', () => {
    const failed = { code: 'step.rejected', status: 422, title: 'channel_not_found', detail: 'No such channel.' }
    expect(problemParts(readProblem(failed), inEnglish)).toEqual({
      before: 'The service refused: ',
      said: 'channel_not_found. No such channel.',
      after: '',
    })
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
    const unsent = readProblem(new Error('getToken gave nothing.'))
    expect(problemText(unsent, inEnglish)).toBe(inEnglish('problem.unsent'))
    expect(englishText(unsent)).toBe('getToken gave nothing.')
    expect(englishText(readProblem(new TypeError('Failed to fetch')))).toBe('Failed to fetch')
  })
})
