import {
  type Connector,
  type CustomerId,
  type JsonObject,
  type JsonValue,
  StepError,
  type TenantId,
} from '@inlay/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from '../../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

const sent: unknown[] = []

const mail: Connector = {
  id: 'mail',
  version: '1.0.0',
  name: 'Mail',
  description: 'Sends.',
  categories: [],
  connection: 'none',
  auth: [],
  triggers: {},
  actions: {
    send: {
      name: 'Send',
      description: 'Sends a mail.',
      input: z.object({ to: z.string().min(3), fail: z.boolean().optional() }),
      output: z.object({ id: z.string() }),
      sampleOutput: { id: 'example' },
      ...{ scopes: [], options: {}, schemas: {} },
      run: async ({ input, log }) => {
        // Its schema says so.
        const mail = input as { to: string; fail?: boolean }
        sent.push(mail)
        log.info('Sending', { to: 'ada' })
        if (mail.fail === true) {
          throw new StepError('rejected', 'The address is not known', { detail: 'Correct it.', data: { field: 'to' } })
        }
        return { id: `m${sent.length}` }
      },
    },
  },
}

const send = (id: string, input: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...{ id, type: 'action', connector: 'mail', action: 'send', input },
  ...more,
})

function definitionOf(steps: JsonValue[]): JsonObject {
  return { schema: 'inlay/workflow@1', name: 'Orders', trigger: { type: 'webhook' }, steps }
}

const ORDER: JsonObject = { id: 'order', type: 'set', values: { to: '{{ trigger.body.to }}' } }

describe.skipIf(serverUrl === undefined)('testing one step', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [mail] })
    scope = await platform.addTenant()
  })
  beforeEach(() => {
    sent.length = 0
  })
  afterAll(() => platform?.close())

  async function create(steps: JsonValue[]) {
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name: 'Orders' })
    const definition = definitionOf(steps)
    const test = (stepId: string, trigger: JsonValue = { body: { to: 'ada@example.com' } }) =>
      platform.stepTests.test(scope, id, { stepId, definition, trigger })
    return { id, definition, test }
  }

  it('runs it alone with what came before, once, and keeps what it gave for the steps after it', async () => {
    const { id, test } = await create([
      send('first', { to: 'nobody@example.com' }),
      ORDER,
      send(
        'tell',
        { to: '{{ steps.order.output.to }}' },
        { if: 'steps.first.output.id == "other"', retry: { maxAttempts: 5 } },
      ),
      send('after', { to: 'x{{ steps.tell.output.id }}' }),
    ])
    expect(await test('tell')).toEqual({
      stepId: 'tell',
      status: 'succeeded',
      effect: 'called',
      isConditionMet: false,
      input: { to: 'ada@example.com' },
      output: { id: 'm1' },
      error: null,
      durationMs: expect.any(Number),
      log: [{ level: 'info', message: 'Sending', data: { to: 'ada' } }],
      isKept: true,
    })
    expect(sent).toEqual([{ to: 'ada@example.com' }])
    expect(await platform.workflows.samples(scope, id)).toMatchObject({ steps: { tell: { id: 'm1' } }, pinned: [] })
    expect((await test('after')).input).toEqual({ to: 'xm1' })
    const { data } = await platform.runs.list(scope, { workflowId: id, limit: 10 })
    expect(data).toEqual([])
  })

  it('reads the variables of the definition', async () => {
    const { id, definition } = await create([
      send('tell', { to: '{{ vars.to }}' }, { if: 'vars.to == "ada@example.com"' }),
    ])
    const withVars = { ...definition, vars: { to: 'ada@example.com' } }
    expect(await platform.stepTests.test(scope, id, { stepId: 'tell', definition: withVars })).toMatchObject({
      status: 'succeeded',
      isConditionMet: true,
      input: { to: 'ada@example.com' },
    })
  })

  it('says what went wrong, and does not try again', async () => {
    const { test } = await create([send('tell', { to: 'ada@example.com', fail: true }, { retry: { maxAttempts: 5 } })])
    expect(await test('tell')).toMatchObject({
      status: 'failed',
      output: null,
      error: { kind: 'rejected', title: 'The address is not known', detail: 'Correct it.', data: { field: 'to' } },
      isKept: false,
    })
    expect(sent).toHaveLength(1)
  })

  it('takes the first item of the loops around, and says when there is none', async () => {
    const loop = {
      ...{ id: 'each', type: 'forEach', items: '{{ trigger.body.list }}' },
      steps: [
        { id: 'name', type: 'set', values: { to: '{{ item.to }}' } },
        {
          id: 'again',
          type: 'while',
          condition: 'index < 3',
          max: 3,
          steps: [send('tell', { to: '{{ steps.name.output.to }}' })],
        },
      ],
    }
    const { test } = await create([loop])
    const list = [{ to: 'ada@example.com' }, { to: 'ben@example.com' }]
    expect(await test('tell', { body: { list } })).toMatchObject({
      status: 'succeeded',
      input: { to: 'ada@example.com' },
    })
    expect(sent).toHaveLength(1)
    expect((await test('tell', { body: { list: [] } })).status).toBe('unreached')
    expect(await test('each', { body: { list } })).toMatchObject({ effect: 'shown', input: { items: list } })
  })

  it('does not wait, stop, answer or publish, but shows with what it would', async () => {
    const { id, test } = await create([
      { id: 'ok', type: 'wait', approval: { title: 'Pay {{ trigger.body.to }}?' } },
      { id: 'say', type: 'publish', event: 'paid', payload: { to: '{{ trigger.body.to }}' } },
      {
        id: 'size',
        type: 'branch',
        cases: [{ name: 'Big', if: 'steps.ok.output.approved', steps: [send('tell', { to: 'abc' })] }],
      },
      { id: 'end', type: 'stop', outcome: 'failed', message: 'No {{ trigger.body.to }}' },
    ])
    expect(await test('ok')).toMatchObject({
      ...{ status: 'succeeded', effect: 'shown' },
      input: { title: 'Pay ada@example.com?' },
      output: { approved: true },
    })
    expect(await test('say')).toMatchObject({
      effect: 'shown',
      input: { event: 'paid', payload: { to: 'ada@example.com' } },
    })
    expect(await test('size')).toMatchObject({ effect: 'computed', output: { case: 'Big' } })
    expect(await test('end')).toMatchObject({ status: 'succeeded', input: { message: 'No ada@example.com' } })
    expect(sent).toEqual([])
    expect((await platform.workflows.samples(scope, id)).steps).toHaveProperty('ok.approved', true)
  })

  it('needs the step itself to be right, not the rest of the draft; issues point into the draft', async () => {
    const { test } = await create([
      ORDER,
      {
        id: 'bad',
        type: 'branch',
        cases: [{ if: '1 +', steps: [send('tell', { to: '' }), send('good', { to: 'abc' })] }],
      },
    ])
    expect((await test('good')).status).toBe('succeeded')
    await expect(test('tell')).rejects.toMatchObject({
      code: 'definition.invalid',
      data: { issues: [{ pointer: '/steps/1/cases/0/steps/0/input/to', stepId: 'tell' }] },
    })
    await expect(test('gone')).rejects.toMatchObject({ code: 'workflow.unknown_step' })
  })

  it('takes what is pinned in place of steps, in whole tests too, and never in live runs', async () => {
    const { id, definition } = await create([
      send('first', { to: 'first@example.com' }),
      send('tell', { to: 'x-{{ steps.first.output.id }}' }),
      send('last', { to: 'last@example.com' }),
    ])
    await platform.stepTests.pin(scope, id, { stepId: 'first', value: { id: 'pinned' } })
    const { input } = await platform.stepTests.test(scope, id, { stepId: 'tell', definition })
    expect(input).toEqual({ to: 'x-pinned' })
    const runId = await platform.workflows.testRun(scope, id, { definition, input: {}, upTo: 'tell' })
    await platform.engine.execute([runId])
    expect(await platform.runs.get(scope, runId)).toMatchObject({ status: 'succeeded' })
    expect(sent).toEqual([{ to: 'x-pinned' }, { to: 'x-pinned' }])
    expect(await platform.stepTests.pins(scope, id)).toMatchObject([{ stepId: 'first', value: { id: 'pinned' } }])
    const { draft } = await platform.workflows.get(scope, id)
    await platform.workflows.saveDraft(scope, id, { definition, baseRevision: draft.revision })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    sent.length = 0
    const live = await platform.runs.start(scope, { workflowId: id, input: {}, waitSeconds: 0, callerId: 'test' })
    await platform.engine.execute([live.id as never])
    expect(sent).toHaveLength(3)
    await platform.stepTests.unpin(scope, id, 'first')
    expect(await platform.stepTests.pins(scope, id)).toEqual([])
  })

  it('bounds what is pinned, and keeps it from other customers', async () => {
    const { id } = await create([])
    const value = 'x'.repeat(300_000)
    await expect(platform.stepTests.pin(scope, id, { stepId: 'a', value })).rejects.toMatchObject({
      code: 'workflow.pin_too_large',
    })
    await platform.stepTests.pin(scope, id, { stepId: 'a', value: 1 })
    const other = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    await expect(platform.stepTests.pins(other, id)).rejects.toMatchObject({ code: 'workflow.not_found' })
    const [row] = await platform.test.database.withTenant(
      other,
      (sql) => sql`SELECT count(*)::int AS n FROM inlay.step_samples`,
    )
    expect(row).toEqual({ n: 0 })
  })
})
