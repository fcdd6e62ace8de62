import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDefinition } from '../testing/any-definition.js'
import { compileWorkflow } from './compile.js'
import { describeWith } from './describe.js'
import { describeData } from './describe-data.js'
import { allSteps } from './walk.js'

interface Draft {
  readonly id: string
  readonly [field: string]: unknown
}

const set = (id: string, more: object = {}): Draft => ({ id, type: 'set', values: {}, ...more })
const reads = (source: string): Draft => set('eye', { values: { v: `{{ ${source} }}` } })

function compile(steps: readonly object[]): ReturnType<typeof compileWorkflow> {
  return compileWorkflow({ schema: 'inlay/workflow@1', name: 'T', trigger: { type: 'webhook' }, steps })
}

function messages(steps: readonly object[]): string[] {
  const result = compile(steps)
  return result.ok ? [] : result.issues.map(({ message }) => message)
}

/** A block of each kind with one step `x` inside it, and `eye` where it is asked what it sees. */
const BLOCKS: Readonly<Record<string, (x: readonly Draft[], eye: readonly Draft[]) => object>> = {
  'the same sequence': (x, eye) => ({ type: 'parallel', branches: { a: [...x, ...eye] } }),
  'another case of a branch': (x, eye) => ({
    type: 'branch',
    cases: [
      { if: 'true', steps: x },
      { if: 'true', steps: eye },
    ],
  }),
  'the else of a branch': (x, eye) => ({ type: 'branch', cases: [{ if: 'true', steps: x }], else: eye }),
  'another branch of a parallel': (x, eye) => ({ type: 'parallel', branches: { a: x, b: eye } }),
  'another branch of a race': (x, eye) => ({ type: 'parallel', join: 'any', branches: { a: x, b: eye } }),
  'another variant of a split': (x, eye) => ({
    type: 'split',
    variants: [
      { name: 'a', weight: 1, steps: x },
      { name: 'b', weight: 1, steps: eye },
    ],
  }),
  'the catch of a try': (x, eye) => ({ type: 'try', steps: x, catch: eye }),
  'the finally of a try': (x, eye) => ({ type: 'try', steps: [], catch: x, finally: eye }),
  'what is tried': (x, eye) => ({ type: 'try', steps: eye, catch: x }),
  'the fallback of a block': (x, eye) => ({ type: 'parallel', branches: { a: x }, onError: { fallback: eye } }),
  'the same loop': (x, eye) => ({ type: 'forEach', items: [], steps: [...x, ...eye] }),
  'the same rounds': (x, eye) => ({ type: 'while', condition: 'true', max: 1, steps: [...x, ...eye] }),
}

describe('a step inside a block is seen from', () => {
  it.each([
    ['the same sequence', true],
    ['another case of a branch', false],
    ['the else of a branch', false],
    ['another branch of a parallel', false],
    ['another branch of a race', false],
    ['another variant of a split', false],
    ['the catch of a try', true],
    ['the finally of a try', true],
    ['what is tried', false],
    ['the fallback of a block', true],
    ['the same loop', true],
    ['the same rounds', true],
  ])('%s: %s', (where, isSeen) => {
    const block = BLOCKS[where]?.([set('x')], [reads('steps.x.output')])
    const refusal = 'The step "x" cannot have run here: it comes later, is in another branch, or is inside a loop.'
    expect(messages([{ id: 'block', ...block }])).toEqual(isSeen ? [] : [refusal])
  })

  it.each<[string, object, boolean]>([
    ['a branch', { type: 'branch', cases: [{ if: 'true', steps: [set('x')] }] }, true],
    ['a parallel', { type: 'parallel', branches: { a: [set('x')] } }, true],
    ['a race', { type: 'parallel', join: 'any', branches: { a: [set('x')] } }, true],
    [
      'a variant',
      {
        type: 'split',
        variants: [
          { name: 'a', weight: 1, steps: [set('x')] },
          { name: 'b', weight: 1, steps: [] },
        ],
      },
      true,
    ],
    ['a try', { type: 'try', steps: [set('x')], catch: [] }, true],
    ['a catch', { type: 'try', steps: [], catch: [set('x')] }, true],
    ['a finally', { type: 'try', steps: [], finally: [set('x')] }, true],
    ['a fallback', { type: 'set', values: {}, onError: { fallback: [set('x')] } }, true],
    ['what tells of a wait', { type: 'wait', callback: { timeout: '1h' }, steps: [set('x')] }, true],
    ['a loop', { type: 'forEach', items: [], steps: [set('x')] }, false],
    ['rounds', { type: 'while', condition: 'true', max: 1, steps: [set('x')] }, false],
    ['what undoes a step', { type: 'set', values: {}, compensate: set('x') }, false],
  ])('after the block, when it is in %s: %s', (_, block, isSeen) => {
    expect(messages([{ id: 'block', ...block }, reads('steps.x.output')])).toHaveLength(isSeen ? 0 : 1)
  })

  it.each<[string, object, boolean]>([
    ['its fallback', { type: 'set', values: {}, onError: { fallback: [reads('steps.block.output.error')] } }, true],
    ['its catch', { type: 'try', steps: [], catch: [reads('steps.block.output.error')] }, true],
    ['its finally', { type: 'try', steps: [], finally: [reads('steps.block.output')] }, true],
    ['what undoes it', { type: 'set', values: {}, compensate: reads('steps.block.output') }, true],
    [
      'what tells of its wait',
      { type: 'wait', approval: { title: 't' }, steps: [reads('steps.block.output.url')] },
      true,
    ],
    ['its own values', { type: 'set', values: { v: '{{ steps.block.output }}' } }, false],
    ['its own condition', { type: 'set', values: {}, if: 'steps.block' }, false],
    ['what is tried', { type: 'try', steps: [reads('steps.block.output')], catch: [] }, false],
    ['its loop', { type: 'forEach', items: [], steps: [reads('steps.block.output')] }, false],
  ])('the block itself is seen from %s: %s', (_, block, isSeen) => {
    expect(messages([{ id: 'block', ...block }])).toHaveLength(isSeen ? 0 : 1)
  })

  it('while looks at what its last round gave, and at nothing that only a step inside sees', () => {
    const loop = (condition: string): object => ({ id: 'w', type: 'while', condition, max: 2, steps: [set('x')] })
    expect(messages([loop('steps.x?.output.v && index')])).toEqual([])
    expect(messages([loop('item')])).toEqual(['"item" exists only inside a forEach step.'])
    expect(messages([loop('steps.w.output')])).toHaveLength(1)
  })

  it('item and index exist in loops alone', () => {
    expect(messages([reads('item')])).toEqual(['"item" exists only inside a forEach step.'])
    expect(messages([reads('index')])).toEqual(['"index" exists only inside a loop.'])
    const each = (inner: object): object => ({ id: 'each', type: 'forEach', items: [], steps: [inner] })
    expect(
      messages([each({ id: 'w', type: 'while', condition: 'item', max: 2, steps: [reads('item + index')] })]),
    ).toEqual([])
    expect(messages([{ id: 'each', type: 'forEach', items: '{{ item }}', steps: [] }])).toHaveLength(1)
    expect(messages([reads('[1].map(item => item + 1).filter((x, index) => index)')])).toEqual([])
  })
})

it('what describe shows of a step is exactly what compiles there', () => {
  fc.assert(
    fc.property(anyDefinition, (definition) => {
      const ids = [...allSteps(definition.steps)].map(({ step }) => step.id)
      fc.pre(ids.length > 0 && ids.length <= 14)
      const [sights, data] = [describeData(definition), describeWith(definition, () => undefined)]
      for (const [id, { steps: seen, sources }] of data) {
        expect(sights.get(id)?.steps).toEqual(seen)
        expect(sources.flatMap(({ stepId }) => stepId ?? [])).toEqual(seen)
        const asking = structuredClone(definition)
        const place = [...allSteps(asking.steps)].find(({ step }) => step.id === id)
        Object.assign(place?.step ?? {}, { if: `{{ [${ids.map((each) => `steps.${each}`).join(', ')}] }}` })
        const result = compileWorkflow(asking)
        const refused = result.ok ? [] : result.issues.map(({ message }) => /"(s\d+)" cannot/.exec(message)?.[1])
        expect(ids.filter((each) => !refused.includes(each)).sort()).toEqual([...seen].sort())
      }
    }),
    { numRuns: 150 },
  )
})
