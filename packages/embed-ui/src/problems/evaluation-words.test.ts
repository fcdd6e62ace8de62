import { EVALUATION_CODES, type EvaluationCode, type IssueDetails, type JsonValue, VALUE_KINDS } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { previewOf } from '../expressions/preview.js'
import { formatMessage, type MessageValues } from '../messages/format.js'
import { LOCALES, translationOf } from '../messages/locales.js'
import { ENGLISH, type MessageKey, type Messages } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { evaluationWords } from './evaluation-words.js'
import { failureLine, failureWords } from './failure-words.js'

const CODES = Object.keys(EVALUATION_CODES) as EvaluationCode[]

function textsOf(messages: Messages, locale: string): Texts {
  return (key: MessageKey, values: MessageValues = {}) => formatMessage(messages[key], values, locale)
}
const english = textsOf(ENGLISH, 'en')

/** Facts for every name that a code may have. */
function factsFor(code: EvaluationCode): IssueDetails {
  const names: readonly string[] = EVALUATION_CODES[code]
  return Object.fromEntries(names.map((name) => [name.replace('?', ''), factNamed(name)]))
}

function factNamed(name: string): IssueDetails[string] {
  if (/^(given|left|right|wanted)$/.test(name)) return 'list'
  if (/^(names|allowed)/.test(name)) return ['ab', 'cd']
  return /^(limit|least|most)/.test(name) ? 7 : 'xyz'
}

describe('why an expression gives nothing', () => {
  it.each(LOCALES)('is said in %s for every code, with its facts', async (locale) => {
    const t = textsOf({ ...ENGLISH, ...(await translationOf(locale)) }, locale)
    for (const code of CODES) {
      const text = evaluationWords({ code, details: factsFor(code) }, t) ?? ''
      expect([code, text]).not.toEqual([code, ''])
      expect([code, text]).not.toEqual([code, expect.stringMatching(/\{\w+\}|undefined|\[object/)])
      // Not to be said in English, and not to lose what it is about.
      if (locale !== 'en') expect(text).not.toBe(evaluationWords({ code, details: factsFor(code) }, english))
    }
  })

  it('names every kind of value', () => {
    const said = VALUE_KINDS.map((given) =>
      evaluationWords({ code: 'evaluation.wrong_kind', details: { wanted: 'text', given } }, english),
    )
    // Null and nothing are the same to people.
    expect(new Set(said).size).toBe(VALUE_KINDS.length - 1)
  })

  it('is what the engine found in the data at hand', () => {
    const scope = { trigger: { order: { id: 1 } }, steps: {}, vars: {}, run: {}, customer: {}, tenant: {} }
    const said = (text: string) => {
      const preview = previewOf(text, scope)
      return preview.kind === 'failed' ? evaluationWords(preview.data, english) : preview
    }
    expect(said('{{ trigger.ordr.id }}')).toBe(
      'trigger.ordr is empty. Check the name, or write ?. instead of . if it may be empty. There is: order.',
    )
    expect(said('{{ upper(trigger.order) }}')).toBe('upper: This needs a text. It got: object.')
    expect(said('{{ 1 - "2" }}')).toBe('-: This needs a number. It got: text. number(…) reads a number from a text.')
    expect(said('{{ round(1.5, 99) }}')).toBe('round: This needs a number from 0 to 15.')
    expect(said('{{ parseCsv("a,\\"b") }}')).toContain('is not closed')
  })

  it('is not made up for other errors, nor for codes of tomorrow', () => {
    const others: JsonValue[] = [null, 'code', { status: 404 }, { code: 'evaluation.tomorrow' }, { code: 'toString' }]
    for (const data of others) expect(evaluationWords(data, english)).toBeUndefined()
  })
})

describe('the failure of a step', () => {
  it('is a sentence of ours, then what others say of it', async () => {
    const german = textsOf({ ...ENGLISH, ...(await translationOf('de')) }, 'de')
    const refused = { kind: 'rejected', title: 'channel_not_found', detail: 'No such channel.' } as const
    expect(failureWords(refused, german)).toEqual({
      title: 'Der Dienst hat abgelehnt',
      said: { title: 'channel_not_found', detail: 'No such channel.' },
    })
    expect(failureLine(refused, german)).toBe('Der Dienst hat abgelehnt: channel_not_found')
  })

  it('is said by its code alone where an expression failed', () => {
    const data = { code: 'evaluation.division_by_zero', expression: '1 / 0', offset: 3, pointer: '' }
    const failed = { kind: 'expression', title: 'A division by zero has no result', data } as const
    expect(failureLine(failed, english)).toBe(ENGLISH['evaluation.zero'])
  })
})
