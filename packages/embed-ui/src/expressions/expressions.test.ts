import { compileExpression } from '@inlay/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, EMPTY_ROW, OPERATORS, type Operator, readCondition, writeCondition } from './conditions.js'
import { dataGroups, searchGroups } from './data-tree.js'
import { pathWords, readableText } from './readable.js'
import { parsePath, pathSource, pathTemplate, splitTemplate } from './template.js'

const names = (id: string) => (id === 'order' ? 'Read the order' : undefined)
const roots = (root: string) => (root === 'trigger' ? 'Trigger' : root)

describe('templates', () => {
  it('splits text, data and expressions as the engine does', () => {
    expect(splitTemplate('Hi {{ trigger.body.name }}, {{ 1 + "}}".length }}!')).toEqual([
      { kind: 'text', text: 'Hi ' },
      { kind: 'data', path: ['trigger', 'body', 'name'], source: 'trigger.body.name' },
      { kind: 'text', text: ', ' },
      { kind: 'expression', source: '1 + "}}".length' },
      { kind: 'text', text: '!' },
    ])
    expect(splitTemplate('left {{ open')).toEqual([{ kind: 'text', text: 'left {{ open' }])
  })

  it('reads every place that it can write, and writes what the engine compiles', () => {
    const part = fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.nat(20))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (rest) => {
        const path = ['steps', 'order', 'output', ...rest] as const
        fc.pre(!rest.some((each) => typeof each === 'string' && FORBIDDEN.has(each)))
        expect(parsePath(pathSource(path))).toEqual(path)
        expect(compileExpression(pathTemplate(path)).ok).toBe(true)
      }),
    )
  })

  it('says places in words', () => {
    expect(pathWords(['steps', 'order', 'output', 'lines', 0, 'sku'], names, roots)).toEqual({
      source: 'Read the order',
      field: 'lines › #1 › sku',
    })
    expect(readableText('{{ steps.order.output.total > 50 && trigger.body.vip == true }}', names, roots)).toBe(
      'total > 50 and vip = true',
    )
    expect(readableText('Order {{ steps.order.output.id }}', names, roots)).toBe('Order id')
  })
})

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor'])

describe('conditions', () => {
  const row = fc.record({
    left: fc.constantFrom('steps.order.output.total', 'trigger.body.name', 'item["a b"]'),
    // Object.keys loses the key type that OPERATORS has.
    operator: fc.constantFrom(...(Object.keys(OPERATORS) as Operator[])),
    right: fc.oneof(
      fc.constantFrom('50', '-1.5', 'true', 'null', '"50"', '007', '{{ a }}', '\\n'),
      fc.string({ unit: 'grapheme-ascii' }),
    ),
    isRightData: fc.constant(false),
  })

  it('come back as they were built, and compile', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), fc.constantFrom('all', 'any'), (rows, join) => {
        const text = writeCondition({ join: rows.length === 1 ? 'all' : join, rows })
        const read = readCondition(text)
        expect(read).toBeDefined()
        expect(writeCondition(read as Condition)).toBe(text)
        expect(compileExpression(text).ok).toBe(true)
      }),
    )
  })

  it('are left as text when they have another form', () => {
    expect(readCondition('{{ steps.a.output.x > 1 && (steps.b.output.y || true) }}')).toBeUndefined()
    expect(readCondition('{{ length(steps.a.output) > 1 }}')).toBeUndefined()
    expect(readCondition('')).toEqual({ join: 'all', rows: [EMPTY_ROW] })
    expect(readCondition("{{ steps.a.output.name == 'a && b' }}")?.rows).toHaveLength(1)
  })
})

describe('data to pick', () => {
  it('shows real samples first, then what is expected, nearest steps first', () => {
    const order = { id: 'order', type: 'set', values: { total: '{{ 1 }}' } } as const
    const call = { id: 'call', type: 'action', connector: 'http', action: 'request', input: {} } as const
    const groups = dataGroups({
      trigger: { type: 'webhook' },
      sight: { steps: [order, call], loops: [] },
      samples: { trigger: { body: { name: 'Kim' } }, steps: {}, pinned: [] },
      connectors: [],
    })
    expect(groups.map(({ id, isReal }) => [id, isReal])).toEqual([
      ['call', false],
      ['order', false],
      ['trigger', true],
      ['run', false],
    ])
    const found = searchGroups(groups, 'kim', ({ id }) => id)
    expect(found.map(({ id }) => id)).toEqual(['trigger'])
    expect(searchGroups(groups, 'total', ({ id }) => id).map(({ id }) => id)).toEqual(['order'])
  })
})
