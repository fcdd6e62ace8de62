import { expect, describe as group, it } from 'vitest'
import { z } from 'zod'
import { plainConnector } from '../conformance/plain-connector.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import { type DataSource, describe } from './describe.js'

const shop = plainConnector({
  id: 'shop',
  name: 'Shop',
  actions: {
    order: {
      name: 'Get an order',
      description: 'Gets an order.',
      input: z.object({}),
      output: z.object({ id: z.string(), at: z.date(), lines: z.array(z.object({ sku: z.string(), n: z.int() })) }),
      sampleOutput: { id: 'A-1', at: '2026-01-01', lines: [{ sku: 'x', n: 2 }] },
      run: () => Promise.resolve(null),
    },
    odd: {
      name: 'Odd',
      description: 'Gives what no schema can say.',
      input: z.object({}),
      output: z.bigint(),
      run: () => Promise.resolve(null),
    },
  },
  triggers: {
    newOrder: {
      kind: 'polling',
      name: 'New order',
      description: 'Somebody bought.',
      input: z.object({}),
      output: z.object({ id: z.string(), total: z.number() }),
      sampleOutput: { id: 'A-1', total: 12 },
      scopes: [],
      options: {},
      schemas: {},
      poll: async () => ({ items: [], cursor: null }),
    },
  },
})

const connectors = { list: () => [shop], load: (id: string) => Promise.resolve(id === 'shop' ? shop : undefined) }

const set = (id: string, values: object = {}, more: object = {}): object => ({ id, type: 'set', values, ...more })
const order = { id: 'order', type: 'action', connector: 'shop', action: 'order', input: {} }
const eye = set('eye')

/** What the step `eye` sees, by path. */
async function seen(steps: readonly object[], more: object = {}): Promise<Record<string, DataSource>> {
  const document = { schema: 'inlay/workflow@1', name: 'T', trigger: { type: 'webhook' }, steps, ...more }
  // The tests write definitions as plain objects.
  const data = await describe(document as unknown as WorkflowDefinition, { connectors })
  return Object.fromEntries((data.get('eye')?.sources ?? []).map((source) => [source.path, source]))
}

const TEXT = { type: 'string' }

group('what a step may refer to', () => {
  it('begins with the trigger and what every run has', async () => {
    const sources = await seen([eye])
    expect(Object.keys(sources)).toEqual(['trigger', 'run', 'customer', 'tenant', 'vars'])
    expect(sources['trigger']?.schema['properties']).toMatchObject({
      method: TEXT,
      headers: { type: 'object' },
      body: {},
    })
    expect(sources['run']?.schema['properties']).toMatchObject({ id: TEXT, mode: { enum: ['live', 'test'] } })
  })

  it.each([
    [{ type: 'schedule', every: '5m' }, { scheduledAt: { format: 'date-time' } }],
    [
      { type: 'event', name: 'paid' },
      { id: TEXT, name: TEXT, payload: {} },
    ],
  ])('has the form of its trigger %j', async (trigger, properties) => {
    const { trigger: source } = await seen([eye], { trigger })
    expect(source?.schema['properties']).toMatchObject(properties)
  })

  it('is unknown for a trigger by hand, and a list for a batch', async () => {
    expect((await seen([eye], { trigger: { type: 'manual' } }))['trigger']?.schema).toEqual({})
    const batch = await seen([eye], {
      trigger: { type: 'event', name: 'e' },
      batchEvents: { maxSize: 5, timeout: '1m' },
    })
    expect(batch['trigger']?.schema['properties']).toMatchObject({
      items: { type: 'array', items: { type: 'object' } },
    })
  })

  it('has what connectors say of their triggers, and nothing of those that are gone', async () => {
    const start = { type: 'connector', connector: 'shop', trigger: 'newOrder', input: {} }
    const items = { id: 'items', type: 'forEach', items: '{{ trigger.items }}', steps: [eye] }
    expect((await seen([eye], { trigger: start }))['trigger']).toMatchObject({
      schema: { type: 'object', properties: { id: TEXT, total: { type: 'number' } } },
      sample: { id: 'A-1', total: 12 },
    })
    const batch = await seen([items], { trigger: start, batchEvents: { maxSize: 5, timeout: '1m' } })
    expect(batch['item']).toMatchObject({ sample: { total: 12 } })
    for (const more of [{ trigger: 'toString' }, { connector: 'gone' }]) {
      expect((await seen([eye], { trigger: { ...start, ...more } }))['trigger']?.schema).toEqual({})
    }
  })

  it('has what connectors say of their actions, also when a schema cannot say it', async () => {
    const steps = [order, { ...order, id: 'odd', action: 'odd' }, { ...order, id: 'gone', action: 'gone' }, eye]
    const sources = await seen(steps)
    expect(sources['steps.order.output']).toMatchObject({
      stepId: 'order',
      mayBeMissing: false,
      schema: { type: 'object', properties: { id: TEXT, at: {}, lines: { type: 'array' } } },
      sample: { id: 'A-1' },
    })
    expect(sources['steps.odd.output']?.schema).toEqual({})
    expect(sources['steps.gone.output']?.schema).toEqual({})
    expect(sources['steps.order.output']?.schema).not.toHaveProperty('$schema')
  })

  it('follows paths through steps that compute values', async () => {
    const values = {
      id: '{{ steps.order.output.id }}',
      first: '{{ steps.order.output.lines[0] }}',
      text: 'Order {{ steps.order.output.id }}',
      any: '{{ 1 + 1 }}',
      list: ['{{ steps.order.output.id }}', '{{ steps.order.output.id }}'],
      fixed: { a: 1, b: [true] },
      method: '{{ trigger.method }}',
    }
    const { 'steps.values.output': source } = await seen([order, set('values', values), eye])
    expect(source?.schema['properties']).toEqual({
      id: TEXT,
      first: expect.objectContaining({ properties: { sku: TEXT, n: expect.anything() } }),
      text: TEXT,
      any: {},
      list: { type: 'array', items: TEXT },
      fixed: expect.objectContaining({ properties: { a: { type: 'number' }, b: expect.anything() } }),
      method: TEXT,
    })
    expect(source?.sample).toMatchObject({ id: 'A-1', first: { sku: 'x' }, method: 'POST' })
  })

  it.each(['{{ steps.order.output.lines }}', 'steps.order.output.lines', '{{ steps.copy.output.of }}'])(
    'has the item of a loop over %s',
    async (items) => {
      const copy = set('copy', { of: '{{ steps.order.output.lines }}' })
      const sources = await seen([order, copy, { id: 'each', type: 'forEach', items, steps: [eye] }])
      expect(sources['item']).toMatchObject({ schema: { properties: { sku: TEXT } }, sample: { sku: 'x', n: 2 } })
      expect(sources['index']?.schema).toEqual({ type: 'integer' })
    },
  )

  it('has the items of a fixed list, and none in a loop without items', async () => {
    const fixed = await seen([{ id: 'each', type: 'forEach', items: [{ a: 1 }, { a: 2 }], steps: [eye] }])
    expect(fixed['item']).toMatchObject({ schema: { properties: { a: { type: 'number' } } }, sample: { a: 1 } })
    const rounds = await seen([{ id: 'w', type: 'while', condition: 'true', max: 3, steps: [eye] }])
    expect(Object.keys(rounds)).toContain('index')
    expect(Object.keys(rounds)).not.toContain('item')
  })

  it.each<[object, object]>([
    [
      {
        type: 'branch',
        cases: [
          { name: 'big', if: 'true', steps: [] },
          { if: 'true', steps: [] },
        ],
      },
      { case: { enum: ['big', 1, 'else'] } },
    ],
    [
      {
        type: 'split',
        variants: [
          { name: 'a', weight: 1, steps: [] },
          { name: 'b', weight: 1, steps: [] },
        ],
      },
      { variant: { enum: ['a', 'b'] } },
    ],
    [
      { type: 'parallel', branches: { a: [set('x', { v: 1 })], b: [] } },
      { a: { properties: { v: { type: 'number' } } }, b: { type: 'null' } },
    ],
    [
      { type: 'parallel', join: 'any', branches: { a: [set('x', { v: 1 })], b: [] } },
      { winner: { enum: ['a', 'b'] }, output: {} },
    ],
    [
      { type: 'while', condition: 'true', max: 2, steps: [set('x', { v: 1 })] },
      { rounds: { type: 'integer' }, last: {} },
    ],
    [
      { type: 'try', steps: [set('x', { v: 1 })], catch: [] },
      { error: {}, result: { properties: { v: { type: 'number' } } } },
    ],
    [{ type: 'wait', for: '1m' }, { until: { format: 'date-time' } }],
    [
      { type: 'wait', event: { name: 'e' } },
      { event: {}, timedOut: { type: 'boolean' } },
    ],
    [
      { type: 'wait', approval: { title: 't' } },
      { approved: { type: 'boolean' }, by: {}, comment: {}, timedOut: {} },
    ],
    [
      { type: 'wait', callback: { timeout: '1h' } },
      { body: {}, timedOut: {} },
    ],
    [
      { type: 'call', workflow: 'w' },
      { runId: TEXT, output: {} },
    ],
    [{ type: 'call', workflow: 'w', wait: false }, { runId: TEXT }],
    [{ type: 'publish', event: 'e' }, { eventId: TEXT }],
    [
      { type: 'respond', body: { ok: true } },
      { status: {}, headers: {}, body: { properties: { ok: { type: 'boolean' } } } },
    ],
  ])('has what a step of the kind %j gives', async (step, properties) => {
    const { 'steps.s.output': source } = await seen([{ id: 's', ...step }, eye])
    expect(source?.schema['properties']).toMatchObject(properties)
  })

  it('has the lists that loops give', async () => {
    const loop = { id: 's', type: 'forEach', items: [1], steps: [set('x', { v: 1 })] }
    const plain = await seen([loop, eye])
    expect(plain['steps.s.output']?.schema).toMatchObject({
      type: 'array',
      items: { properties: { v: { type: 'number' } } },
    })
    const collecting = await seen([{ ...loop, onItemError: 'collect' }, eye])
    expect(collecting['steps.s.output']?.schema).toMatchObject({
      items: { anyOf: [{}, { properties: { error: {} } }] },
    })
  })

  it('has the error after a failure, the links of an open wait, and the result of what is undone', async () => {
    const fallback = await seen([{ ...order, onError: { fallback: [eye] } }])
    expect(fallback['steps.order.output']?.schema['properties']).toMatchObject({
      error: { properties: { kind: {}, title: TEXT } },
    })
    const caught = await seen([{ id: 't', type: 'try', steps: [order], catch: [eye] }])
    expect(Object.keys(caught).slice(0, 2)).toEqual(['steps.order.output', 'steps.t.output'])
    expect(caught['steps.order.output']?.mayBeMissing).toBe(true)
    const open = await seen([{ id: 'w', type: 'wait', approval: { title: 't' }, steps: [eye] }])
    expect(open['steps.w.output']?.schema['properties']).toHaveProperty('approveUrl')
    const undone = await seen([{ ...order, compensate: eye }])
    expect(undone['steps.order.output']?.schema['properties']).toHaveProperty('lines')
    const after = await seen([{ ...order, onError: 'continue' }, eye])
    expect(after['steps.order.output']).toMatchObject({
      mayBeMissing: true,
      schema: { properties: { id: TEXT, error: {} } },
    })
  })
})

group('what may be missing', () => {
  it.each<[string, boolean, object[]]>([
    ['a step before', false, [order]],
    ['a step with a condition', true, [{ ...order, if: 'trigger.body.x' }]],
    ['a step that may fail', true, [{ ...order, onError: 'continue' }]],
    ['a step of a branch', true, [{ id: 's', type: 'branch', cases: [{ if: 'true', steps: [order] }] }]],
    ['a step of a variant', true, [{ id: 's', type: 'split', variants: [{ name: 'a', weight: 1, steps: [order] }] }]],
    ['a step beside others', false, [{ id: 's', type: 'parallel', branches: { a: [order], b: [] } }]],
    ['a step in a race', true, [{ id: 's', type: 'parallel', join: 'any', branches: { a: [order], b: [] } }]],
    ['a step that is tried', true, [{ id: 's', type: 'try', steps: [order], finally: [] }]],
    ['a step that is run in any case', false, [{ id: 's', type: 'try', steps: [], finally: [order] }]],
    ['a step that tells of a wait', false, [{ id: 's', type: 'wait', approval: { title: 't' }, steps: [order] }]],
    [
      'a step inside one with a condition',
      true,
      [{ id: 's', type: 'parallel', if: 'index', branches: { a: [order] } }],
    ],
  ])('%s: %s', async (_, mayBeMissing, steps) => {
    expect((await seen([...steps, eye]))['steps.order.output']).toMatchObject({ mayBeMissing })
  })
})
