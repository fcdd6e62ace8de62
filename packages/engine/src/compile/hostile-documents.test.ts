import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileWorkflow } from './compile.js'
import { valueAt } from './pointer.js'

function definition(steps: unknown, more: object = {}): Record<string, unknown> {
  return { schema: 'inlay/workflow@1', name: 'Test', trigger: { type: 'webhook' }, steps, ...more }
}

function nested(depth: number, wrap: (inner: unknown) => unknown, core: unknown = []): unknown {
  let value = core
  for (let level = 0; level < depth; level++) value = wrap(value)
  return value
}

function cyclic(): unknown {
  const step: Record<string, unknown> = { id: 'a', type: 'forEach', items: [] }
  step['steps'] = [step]
  return definition([step])
}

/** Small in memory, astronomically large when written out. */
function doubling(): unknown {
  return nested(120, (inner) => [inner, inner], 'x')
}

const throwing = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('no')
    },
  },
)

describe('a hostile document ends in an issue', () => {
  it.each<[string, unknown, string]>([
    ['10,000 lists within each other', nested(10_000, (inner) => [inner]), 'deep'],
    [
      '10,000 lists in the data of a step',
      definition([{ id: 'a', type: 'set', values: { x: nested(10_000, (v) => [v]) } }]),
      'deep',
    ],
    [
      '1,000 loops within each other',
      definition(nested(1_000, (steps) => [{ id: 'a', type: 'forEach', items: [], steps }])),
      'deep',
    ],
    [
      'thirty loops within each other',
      definition(nested(30, (steps) => [{ id: 'a', type: 'forEach', items: [], steps }])),
      'Blocks may be nested 20 deep',
    ],
    ['a step that contains itself', cyclic(), 'contains itself'],
    ['shared lists that double at each level', doubling(), 'bytes'],
    ['megabytes of text', definition([{ id: 'a', type: 'set', values: { x: 'x'.repeat(5_000_000) } }]), 'bytes'],
    ['a million steps', definition(Array.from({ length: 1_000_000 }, () => null)), 'bytes'],
    ['hundreds of thousands of steps', definition(Array.from({ length: 300_000 }, () => null)), 'at most 500 items'],
    ['a list of holes', definition(new Array(1_000_000_000)), 'nothing'],
    ['a prototype key', JSON.parse('{"__proto__":{"steps":[]}}'), '"__proto__" is not allowed'],
    [
      'a prototype key in data',
      definition([{ id: 'a', type: 'set', values: JSON.parse('{"a":[{"constructor":{}}]}') }]),
      '"constructor" is not allowed',
    ],
    ['a getter', Object.defineProperty(definition([]), 'name', { get: () => 'x', enumerable: true }), 'getter'],
    ['a proxy that throws', definition([throwing]), 'cannot be read'],
    ['a date', definition([{ id: 'a', type: 'set', values: { at: new Date(0) } }]), 'another kind'],
    ['a map', definition([new Map()]), 'another kind'],
    ['a function', definition([() => 1]), 'function'],
    ['a big integer', definition([1n]), 'bigint'],
    ['a symbol', Symbol('x'), 'symbol'],
    ['not a number', definition([{ id: 'a', type: 'set', values: { x: Number.NaN } }]), 'NaN is not a number'],
    ['nothing at all', undefined, 'nothing'],
  ])('%s', (_name, document, message) => {
    const compiled = compileWorkflow(document)
    const issues = compiled.ok ? [] : compiled.issues
    expect(issues.map((issue) => issue.message).join('\n')).toContain(message)
    expect(issues.length).toBeLessThanOrEqual(1_001)
  })

  it('without a getter being run, or anything of the document being changed', () => {
    let reads = 0
    const document = definition([{ id: 'A', type: 'nope' }])
    Object.defineProperty(document, 'secret', { get: () => (reads += 1), enumerable: true })
    const before = JSON.stringify(document['steps'])
    expect(compileWorkflow(document).ok).toBe(false)
    expect(reads).toBe(0)
    expect(JSON.stringify(document['steps'])).toBe(before)
  })

  it('but blocks may be nested as deeply as the host allows', () => {
    const cases = (steps: unknown): unknown => [{ if: 'true', steps }]
    const document = (depth: number): unknown => {
      let count = 0
      return definition(nested(depth, (steps) => [{ id: `b${count++}`, type: 'branch', cases: cases(steps) }]))
    }
    expect(compileWorkflow(document(20)).ok).toBe(true)
    expect(compileWorkflow(document(100), { maxNesting: 100 }).ok).toBe(true)
    expect(compileWorkflow(document(100_000), { maxNesting: 1e9 })).toMatchObject({ ok: false, issues: [{}] })
  })

  it('and one from another realm, or without prototype, compiles like any other', () => {
    const bare = Object.assign(Object.create(null), definition([]))
    expect(compileWorkflow(bare).ok).toBe(true)
  })
})

const NAMES = [
  'id',
  'type',
  'steps',
  'if',
  'cases',
  'else',
  'values',
  'items',
  'branches',
  'onError',
  'fallback',
  'for',
]
const TYPES = [
  'action',
  'set',
  'branch',
  'parallel',
  'forEach',
  'while',
  'wait',
  'call',
  'split',
  'try',
  'stop',
  'nope',
]
const TEXTS = ['a', 'A-b', '', '{{ steps.a.output }}', '{{ item', 'true', '5m', '{{ 1 + }}', '{{ {{ }} }}', '__proto__']

/** Documents that nearly are definitions: known words in all the wrong places. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.constantFrom<unknown>(...TEXTS, null, true, 0, 1.5, -1),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'x', 'constructor'), tie('value'), { maxKeys: 5 }),
    fc
      .tuple(
        fc.constantFrom(...TYPES),
        fc.constantFrom('a', 'b', 'c', 'D'),
        fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
      )
      .map(([type, id, more]) => ({ type, id, values: {}, steps: [], ...more })),
  ),
}))

describe('whatever the document', () => {
  it('compileWorkflow never throws, and its issues point into the document', () => {
    const document = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
      fc.array(value, { maxLength: 4 }).map((steps) => definition(steps)),
      fc.tuple(value, value).map(([steps, trigger]) => definition(steps, { trigger })),
      value,
    )
    fc.assert(
      fc.property(document, (given) => {
        const compiled = compileWorkflow(given)
        if (compiled.ok) return
        expect(compiled.issues.length).toBeGreaterThan(0)
        for (const { pointer, message, stepId } of compiled.issues) {
          expect(pointer === '' || pointer.startsWith('/')).toBe(true)
          expect(message).toMatch(/[.]$/)
          expect(pointer).not.toContain('renamed_')
          expect(stepId ?? '').not.toMatch(/^\?/)
          // What holds the place is there, even when the place itself is what is missing.
          const holder = pointer.split('/').slice(1, -1)
          if (holder.length > 0 && !message.startsWith('A definition is')) {
            expect(valueAt(given, holder)).toBeDefined()
          }
        }
      }),
      { numRuns: 4_000 },
    )
  })
})
