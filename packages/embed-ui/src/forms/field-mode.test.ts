import { compileTemplate, type ExpressionScope, type JsonValue } from '@inlay/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modeOf, soleExpression, toExpression, toValue } from './field-mode.js'

const SCOPE: ExpressionScope = {
  ...{ trigger: { name: 'Kim', n: 3 }, steps: {}, vars: {}, run: {}, customer: {}, tenant: {} },
}

function evaluate(value: JsonValue): JsonValue {
  const compiled = compileTemplate(value)
  if (!compiled.ok) throw new Error(compiled.issues.map(({ message }) => message).join(' '))
  return compiled.template.evaluate(SCOPE)
}

// JSON without names that expressions refuse, and without texts that are templates themselves.
const json = fc
  .jsonValue({ maxDepth: 3 })
  .filter((value) => !/__proto__|\{\{|constructor|prototype/.test(JSON.stringify(value)) && value !== '')
  // What jsonValue makes is JSON.
  .map((value) => value as JsonValue)

describe('switching a field', () => {
  it('to an expression gives one that gives the value, and back gives the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        const expression = toExpression(value) ?? null
        expect(evaluate(expression)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(toValue(expression, typeof value === 'string')).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('keeps text with data between words', () => {
    const text = 'Hi {{ trigger.name }}, `$' + '{x}` \\ {{ trigger.n + 1 }}'
    const expression = toExpression(text) ?? null
    expect(evaluate(expression)).toBe(evaluate(text))
    expect(toValue(expression, true)).toBe(text)
  })

  it('puts the expressions inside of a value in their places', () => {
    const value = { list: ['{{ trigger.n }}', 'a {{ trigger.name }}'], plain: '}}', deep: { n: 1 } }
    const expression = toExpression(value) ?? null
    expect(evaluate(expression)).toEqual({ list: [3, 'a Kim'], plain: '}}', deep: { n: 1 } })
  })

  it('keeps an expression as it is, and gives up what no value can hold', () => {
    expect(toExpression('{{ trigger.n }}')).toBe('{{ trigger.n }}')
    expect(toValue('{{ trigger.n + 1 }}', false)).toBeUndefined()
    expect(toValue('{{ trigger.n + 1 }}', true)).toBe('{{ trigger.n + 1 }}')
    expect(soleExpression('{{ a }} {{ b }}')).toBeUndefined()
  })

  it('is not needed at first for data in texts', () => {
    expect(modeOf('{{ trigger.n }}', true)).toBe('value')
    expect(modeOf('{{ trigger.n + 1 }}', true)).toBe('expression')
    expect(modeOf('{{ trigger.n }}', false)).toBe('expression')
    expect(modeOf(true, false)).toBe('value')
  })
})
