import { describe, expect, it } from 'vitest'
import { formatMessage } from '../messages/format.js'
import { ENGLISH } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { jsonProblem } from './json-problem.js'

const t: Texts = (key, values = {}) => formatMessage(ENGLISH[key], values, 'en')

describe('a text that is no JSON', () => {
  it('says where, whatever browser reads it', () => {
    const text = '{\n  "a": 1,\n  b\n}'
    try {
      JSON.parse(text)
      expect.unreachable()
    } catch (error) {
      expect(jsonProblem((error as Error).message, text, t)).toBe(t('json.at', { line: 3, character: 3 }))
    }
    const firefox = 'JSON.parse: expected double-quoted property name at line 3 column 3 of the JSON data'
    expect(jsonProblem(firefox, text, t)).toBe(t('json.at', { line: 3, character: 3 }))
    expect(jsonProblem('JSON Parse error: Unexpected identifier "b"', text, t)).toBe(t('json.somewhere'))
  })
})
