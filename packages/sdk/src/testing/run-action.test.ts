import { action, defineConnector, isSuspension, suspend, z } from '@inlay/sdk/connector'
import { describe, expect, it } from 'vitest'
import {
  attemptAction,
  createTestStores,
  loadOptions,
  loadSchema,
  OUTPUT,
  pollTrigger,
  runAction,
  testConnection,
} from './index.js'

const count = action({
  name: 'Count',
  description: 'Waits once, then counts.',
  input: z.strictObject({ by: z.int().default(1) }),
  output: z.object({ total: z.int() }),
  schemas: { by: async () => ({ type: 'integer' }) },
  outputSchema: { dependsOn: ['by'], load: async ({ input }) => ({ title: `By ${String(input['by'])}` }) },
  run: async ({ input, resumed, store, callbackUrl, idempotencyKey }) => {
    if (resumed === undefined) return suspend({ awaitsCallback: true, state: { url: callbackUrl(), idempotencyKey } })
    const total = Number((await store.customer.get('total')) ?? 0) + input.by
    await store.customer.set('total', total)
    return { total }
  },
})
const broken = action({
  name: 'Broken',
  description: 'Gives what it should not.',
  input: z.object({}),
  output: z.object({ total: z.int() }),
  // A mistake that types would find, and JSON of a service brings all the same.
  run: async () => ({ total: 'many' as unknown as number }),
})
const connector = defineConnector({
  id: 'counter',
  version: '1.0.0',
  name: 'Counter',
  description: 'Counts.',
  auth: { kind: 'bearer' },
  actions: { count, broken },
})
const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }

describe('an action in tests', () => {
  it('suspends itself and goes on, with stores that calls share', async () => {
    const store = createTestStores()
    const first = await attemptAction(connector, 'count', { input: {}, auth, store, idempotencyKey: 'run_1/a/0' })
    if (!isSuspension(first)) expect.unreachable()
    expect(first.state).toEqual({ url: 'https://callback.test/run_1%2Fa%2F0', idempotencyKey: 'run_1/a/0' })
    const resumed = { state: first.state, reason: 'callback' as const, payload: null }
    const again = () => runAction(connector, 'count', { input: { by: 2 }, auth, store, resumed })
    expect([await again(), await again()]).toEqual([{ total: 2 }, { total: 4 }])
  })

  it.each<[string, () => Promise<unknown>, object]>([
    ['suspends itself unexpectedly', () => runAction(connector, 'count', { input: {}, auth }), { kind: 'bug' }],
    [
      'gives what does not fit',
      () => runAction(connector, 'broken', { input: {}, auth }),
      { kind: 'bug', detail: /total/ },
    ],
    [
      'is given what does not fit',
      () => runAction(connector, 'count', { input: { by: 'x' }, auth }),
      { kind: 'validation' },
    ],
    ['has no connection', () => runAction(connector, 'count', { input: {} }), { kind: 'authentication' }],
    ['is not there', () => runAction(connector, 'nope', { input: {}, auth }), { code: 'testing.no_action' }],
    ['is no trigger', () => pollTrigger(connector, 'count', { input: {}, auth }), { code: 'testing.no_trigger' }],
    [
      'has no choices',
      () => loadOptions(connector, { of: 'count', field: 'by', auth }),
      { code: 'testing.no_options' },
    ],
    [
      'is connected in another way',
      () => testConnection(connector, { auth: { kind: 'apiKey', apiKey: 'x', fields: {} } }),
      { code: 'testing.no_way' },
    ],
  ])('says so when it %s', async (_name, run, error) => {
    const expected = Object.fromEntries(
      Object.entries(error).map(([key, value]) => [
        key,
        value instanceof RegExp ? expect.stringMatching(value) : value,
      ]),
    )
    await expect(run()).rejects.toMatchObject(expected)
  })

  it('has forms of fields, and of what comes out', async () => {
    expect(await loadSchema(connector, { of: 'count', field: 'by', auth })).toEqual({ type: 'integer' })
    expect(await loadSchema(connector, { of: 'count', field: OUTPUT, auth, input: { by: 3 } })).toEqual({
      title: 'By 3',
    })
    await expect(loadSchema(connector, { of: 'broken', field: OUTPUT, auth })).rejects.toMatchObject({
      code: 'testing.no_schema',
    })
  })
})
