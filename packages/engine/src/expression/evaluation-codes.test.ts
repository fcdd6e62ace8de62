import { afterEach, describe, expect, it, vi } from 'vitest'
import { StepError } from '../contracts/errors.js'
import { EVALUATION_CODES, type EvaluationCode, VALUE_KINDS } from '../contracts/evaluation.js'
import { failureAt } from './failure.js'
import { EXPRESSION_LIMITS, type ExpressionLimits } from './limits.js'
import { compileTemplate } from './template.js'
import type { ExpressionScope } from './types.js'

const scope: ExpressionScope = {
  trigger: {
    empty: null,
    order: { id: 1 },
    many: Array.from({ length: 2_000 }, (_, i) => i),
    text: 'aaaaaaaaaa'.repeat(1_000),
  },
  steps: {},
  vars: {},
  run: {},
  customer: {},
  tenant: {},
}

interface Failing {
  readonly expression: string
  readonly limits?: Partial<ExpressionLimits>
}

/** An expression that fails with each code. The compiler lists here what a new code lacks. */
const FAILING = {
  'evaluation.empty_part': { expression: 'trigger.nope.id' },
  'evaluation.wrong_kind': { expression: 'upper(trigger.many)' },
  'evaluation.cannot_add': { expression: 'null + 1' },
  'evaluation.cannot_compare': { expression: '1 < "a"' },
  'evaluation.wrong_key': { expression: 'trigger[trigger.order]' },
  'evaluation.not_data': undefined,
  'evaluation.no_method': { expression: 'trigger.order.map(x => x)' },
  'evaluation.division_by_zero': { expression: '1 / 0' },
  'evaluation.number_too_large': { expression: '1e308 * 10' },
  'evaluation.forbidden_name': { expression: 'trigger["const" + "ructor"]' },
  'evaluation.unreadable_text': { expression: 'number("abc")' },
  'evaluation.date_mismatch': { expression: 'parseDate("x", "yyyy")' },
  'evaluation.date_out_of_range': { expression: 'addToDate("9999-12-31", 9999, "year")' },
  'evaluation.not_allowed': { expression: 'hash("a", "crc")' },
  'evaluation.unknown_time_zone': { expression: 'formatDate(0, "date", "Mars")' },
  'evaluation.unknown_locale': { expression: 'formatNumber(1, 2, "???")' },
  'evaluation.below_minimum': { expression: '"a".repeat(0 - 1)' },
  'evaluation.out_of_range': { expression: 'round(1.5, 99)' },
  'evaluation.not_whole': { expression: 'addToDate(0, 1.5, "day")' },
  'evaluation.wrong_order': { expression: 'clamp(1, 3, 2)' },
  'evaluation.too_long': { expression: 'parseDate(trigger.text, "yyyy")' },
  'evaluation.too_many': { expression: 'get(trigger, "a.".repeat(500) + "a")' },
  'evaluation.not_json': { expression: 'json("{")' },
  'evaluation.bad_pattern': { expression: 'matches("a", "(")' },
  'evaluation.pattern_too_large': { expression: 'matches("a", "(a)".repeat(100))' },
  'evaluation.open_quote': { expression: 'parseCsv("a,\\"b")' },
  'evaluation.nothing_to_find': { expression: '"a".replace("", "b")' },
  'evaluation.no_first_value': { expression: '[].reduce((a, b) => a)' },
  'evaluation.only_in_runs': { expression: 'hash("a")' },
  'evaluation.too_many_steps': { expression: 'trigger.many.map(x => x + 1)', limits: { fuel: 1_000 } },
  'evaluation.too_slow': { expression: 'trigger.many.map(x => trigger.many.map(y => y))', limits: { ms: 0 } },
  'evaluation.too_large': { expression: 'trigger.text + trigger.text', limits: { size: 10_500 } },
  'evaluation.too_deep': { expression: '[[[1]]]', limits: { depth: 2 } },
  'evaluation.failed': undefined,
} as const satisfies Record<EvaluationCode, Failing | undefined>

function failureOf({ expression, limits = {} }: Failing): StepError {
  const compiled = compileTemplate(`{{ ${expression} }}`, { limits: { ...EXPRESSION_LIMITS, ...limits } })
  if (!compiled.ok) expect.unreachable(compiled.issues[0]?.message)
  try {
    compiled.template.evaluate(scope)
  } catch (error) {
    if (error instanceof StepError) return error
  }
  return expect.unreachable(`${expression} gives a value`)
}

interface Facts {
  readonly code: EvaluationCode
  readonly details?: Readonly<Record<string, unknown>>
}

// The engine writes it, as its contract says.
const factsOf = ({ data }: StepError) => data as unknown as Facts

afterEach(() => vi.unstubAllGlobals())

describe('what an evaluation fails with', () => {
  const cases = Object.entries(FAILING).flatMap(([code, failing]) =>
    failing === undefined ? [] : [[code, failing] as const],
  )

  it.each(cases)('has the code %s and the facts that belong to it', (code, failing) => {
    // As in a page, which has no Node to ask.
    if (code === 'evaluation.only_in_runs') vi.stubGlobal('process', undefined)
    const facts = factsOf(failureOf(failing))
    expect(facts.code).toBe(code)
    const names: readonly string[] = EVALUATION_CODES[facts.code]
    const given = Object.keys(facts.details ?? {})
    expect(given.filter((name) => !names.includes(name) && !names.includes(`${name}?`))).toEqual([])
    expect(names.filter((name) => !name.endsWith('?') && !given.includes(name))).toEqual([])
  })

  it('names kinds of values by words for programs, and functions by their names alone', () => {
    expect(factsOf(failureOf({ expression: 'upper(trigger.many)' })).details).toEqual({
      wanted: 'text',
      given: 'list',
      name: 'upper',
    })
    expect(factsOf(failureOf({ expression: 'parseCsv(trigger.order)' })).details).toEqual({
      wanted: 'text',
      given: 'object',
    })
    expect(VALUE_KINDS).toContain(factsOf(failureOf({ expression: 'null + 1' })).details?.['left'])
  })

  it('has a code when nobody has foreseen it', () => {
    const source = { text: 'a', base: 0, pointer: '' }
    expect(failureAt(new TypeError('odd'), source, { start: 0, end: 1 }).data).toMatchObject({
      code: 'evaluation.failed',
    })
  })
})
