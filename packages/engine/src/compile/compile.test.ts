import { describe, expect, it } from 'vitest'
import { compileWorkflow } from './compile.js'
import { describeData } from './describe-data.js'
import { workflowJsonSchema } from './schema.js'

const definition = (steps: readonly unknown[], more: object = {}): unknown => ({
  schema: 'inlay/workflow@1',
  name: 'Test',
  trigger: { type: 'webhook' },
  steps,
  ...more,
})

const set = (id: string, values: object = {}, more: object = {}): object => ({ id, type: 'set', values, ...more })

function issuesOf(document: unknown): { pointer: string; message: string }[] {
  const result = compileWorkflow(document)
  return result.ok ? [] : result.issues.map(({ pointer, message }) => ({ pointer, message }))
}

describe('a definition', () => {
  it('of every step type compiles', () => {
    const steps = [
      set('order', { total: '{{ trigger.body.total }}' }),
      {
        id: 'size',
        type: 'branch',
        cases: [
          {
            if: '{{ steps.order.output.total > 50 }}',
            steps: [
              {
                id: 'tell',
                type: 'action',
                connector: 'http',
                action: 'request',
                input: {},
                retry: { maxAttempts: 5, initialInterval: '1s' },
                timeout: '30s',
              },
            ],
          },
        ],
        else: [],
      },
      { id: 'both', type: 'parallel', branches: { a: [set('pa')], b: [] }, join: 'all' },
      { id: 'each', type: 'forEach', items: '{{ trigger.body.lines }}', steps: [set('line', { v: '{{ item.sku }}' })] },
      { id: 'pause', type: 'wait', for: '5m' },
      { id: 'answer', type: 'respond', status: 200, body: { ok: true } },
      { id: 'end', type: 'stop', outcome: 'succeeded', output: '{{ steps.each.output }}' },
    ]
    expect(issuesOf(definition(steps))).toEqual([])
  })

  it('may carry notes, which are for people: what looks like an expression in them is text', () => {
    const noted = set('order', {}, { note: 'Ask sales before changing {{ this.is( no.expression' })
    expect(compileWorkflow(definition([noted]))).toMatchObject({ ok: true })
    expect(issuesOf(definition([set('order', {}, { note: 'x'.repeat(2001) })]))).toMatchObject([
      { pointer: '/steps/0/note' },
    ])
  })
})

describe('what is wrong is said at its place', () => {
  it.each<[string, unknown, string, string]>([
    ['no object', 5, '', 'wrong kind'],
    ['another schema', { ...(definition([]) as object), schema: 'x' }, '/schema', 'not allowed'],
    ['no name', definition([], { name: undefined }), '/name', 'missing'],
    ['an unknown field', definition([], { nodes: [] }), '/nodes', '"nodes" is not a known field'],
    ['an unknown trigger', definition([], { trigger: { type: 'mail' } }), '/trigger/type', 'no type "mail"'],
    ['an unknown step type', definition([{ id: 'a', type: 'loop' }]), '/steps/0/type', 'no type "loop"'],
    ['a step without type', definition([{ id: 'a' }]), '/steps/0/type', '"type" is missing'],
    ['a bad id', definition([set('A-b')]), '/steps/0/id', 'starts with a small letter'],
    [
      'an id used twice',
      definition([set('a'), { id: 'p', type: 'parallel', branches: { x: [set('a')] } }]),
      '/steps/1/branches/x/0/id',
      'used twice; the other step is at /steps/0',
    ],
    [
      'a bad duration',
      definition([{ id: 'w', type: 'wait', for: '5 minutes' }]),
      '/steps/0/for',
      '"5 minutes" is not a duration',
    ],
    [
      'an expression that does not parse',
      definition([set('a', { x: ['{{ 1 + }}'] })]),
      '/steps/0/values/x/0',
      'ends too early',
    ],
    [
      'an unknown step',
      definition([set('a', { x: '{{ steps.nope.output }}' })]),
      '/steps/0/values/x',
      'no step "nope"',
    ],
    [
      'a later step',
      definition([set('a', { x: '{{ steps.b.output }}' }), set('b')]),
      '/steps/0/values/x',
      '"b" cannot have run here',
    ],
    ['itself', definition([set('a', { x: '{{ steps.a.output }}' })]), '/steps/0/values/x', '"a" cannot have run here'],
    [
      'a sibling branch',
      definition([
        { id: 'p', type: 'parallel', branches: { x: [set('a')], y: [set('b', { v: '{{ steps.a.output }}' })] } },
      ]),
      '/steps/0/branches/y/0/values/v',
      '"a" cannot have run here',
    ],
    [
      'a step inside a loop from outside',
      definition([{ id: 'e', type: 'forEach', items: [], steps: [set('a')] }, set('b', { v: '{{ steps.a.output }}' })]),
      '/steps/1/values/v',
      'inside a loop',
    ],
    [
      'item outside a loop',
      definition([set('a', { x: '{{ item }}' })]),
      '/steps/0/values/x',
      '"item" exists only inside',
    ],
    [
      'a retry on a step that is no action',
      definition([set('a', {}, { retry: { maxAttempts: 2 } })]),
      '/steps/0/retry',
      'Only action steps',
    ],
    [
      'a schedule without times',
      definition([], { trigger: { type: 'schedule' } }),
      '/trigger',
      'either "cron" or "every"',
    ],
    [
      'a schedule that is too fast',
      definition([], { trigger: { type: 'schedule', every: '1s' } }),
      '/trigger/every',
      'at least one minute',
    ],
    [
      'an unknown time zone',
      definition([], { trigger: { type: 'schedule', cron: '* * * * *', timeZone: 'Mars/Base' } }),
      '/trigger/timeZone',
      'no time zone "Mars/Base"',
    ],
    [
      'no branches',
      definition([{ id: 'p', type: 'parallel', branches: {} }]),
      '/steps/0/branches',
      'at least one branch',
    ],
  ])('%s', (_name, document, pointer, message) => {
    expect(issuesOf(document)).toContainEqual({ pointer, message: expect.stringContaining(message) })
  })

  it('all at once', () => {
    const steps = [set('a', { x: '{{ 1 + }}' }), { id: 'w', type: 'wait', for: 'x' }, set('a', { y: '{{ item }}' })]
    expect(issuesOf(definition(steps))).toHaveLength(4)
  })

  it('with the character in the expression', () => {
    const result = compileWorkflow(definition([set('a', {}, { if: 'trigger.x >' })]))
    expect(result).toMatchObject({ ok: false, issues: [{ pointer: '/steps/0/if', stepId: 'a', offset: 11 }] })
  })

  it('and with the character of a reference, the step that was meant, and those in sight', () => {
    const steps = [set('order'), set('b', { x: ['of {{ 1 + steps.ordr.output.id }}', '{{ 1 + }}'] })]
    const result = compileWorkflow(definition(steps))
    expect(result.ok ? [] : result.issues).toEqual([
      {
        code: 'reference.unknown_step',
        details: { stepId: 'ordr', suggestion: 'order' },
        pointer: '/steps/1/values/x/0',
        stepId: 'b',
        message: 'There is no step "ordr"; did you mean "order"?',
        expected: 'one of order',
        offset: 10,
      },
      {
        code: 'expression.ends_early',
        pointer: '/steps/1/values/x/1',
        stepId: 'b',
        message: 'The expression ends too early.',
        offset: 7,
      },
    ])
  })

  it.each([
    [null],
    [[]],
    ['text'],
    [{ steps: [null] }],
    [{ schema: 'inlay/workflow@1', name: 'x', trigger: {}, steps: [[[]]] }],
  ])('never throws for %j', (document) => {
    expect(issuesOf(document).length).toBeGreaterThan(0)
  })
})

describe('the data in sight of a step', () => {
  it('is what comes before it on its own way', () => {
    const steps = [
      set('a'),
      { id: 'p', type: 'branch', cases: [{ if: 'true', steps: [set('b')] }], else: [set('c')] },
      { id: 'e', type: 'forEach', items: [], steps: [set('d')] },
      set('f'),
    ]
    const sights = describeData(definition(steps) as never)
    expect(sights.get('c')).toEqual({ steps: ['a'], inLoop: false })
    expect(sights.get('d')).toEqual({ steps: ['a', 'b', 'c', 'p'], inLoop: true })
    expect(sights.get('f')).toEqual({ steps: ['a', 'b', 'c', 'p', 'e'], inLoop: false })
  })
})

describe('the JSON Schema', () => {
  it('describes steps recursively', () => {
    expect(JSON.stringify(workflowJsonSchema())).toContain('"$ref"')
  })
})
