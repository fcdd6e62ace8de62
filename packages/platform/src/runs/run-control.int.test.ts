import {
  type CustomerId,
  type JsonObject,
  type JsonValue,
  type RunId,
  StepError,
  type TenantId,
  type TenantScope,
} from '@inlay/engine'
import { plainConnector } from '@inlay/engine/conformance'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from './test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

/** A service that fails while it is told to, and counts its calls. */
const shop = { isBroken: false, calls: 0 }

const CONNECTOR = plainConnector({
  id: 'shop',
  actions: {
    pay: {
      name: 'Pay',
      description: 'Pays.',
      input: z.object({}),
      output: z.object({ paid: z.number() }),
      run: async () => {
        shop.calls += 1
        if (shop.isBroken) throw new StepError('rejected', 'The shop is closed')
        return { paid: shop.calls }
      },
    },
  },
})

const ORDER = { id: 'order', type: 'set', values: { total: '{{ trigger.total }}' } }
const PAY = { id: 'pay', type: 'action', connector: 'shop', action: 'pay', input: {} }
const LAST = { id: 'last', type: 'set', values: { total: '{{ steps.order.output.total }}' } }

describe.skipIf(serverUrl === undefined)('a run', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }
  let workflowId: string

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [CONNECTOR] })
    scope = await platform.addTenant()
    workflowId = await publish([ORDER, PAY, LAST])
  })

  afterAll(() => platform?.close())

  async function publish(steps: JsonValue[]): Promise<string> {
    const definition = { schema: 'inlay/workflow@1', name: 'Order', trigger: { type: 'manual' }, steps }
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name: 'Order', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  async function start(of = workflowId, input: JsonValue = { total: 5 }): Promise<RunId> {
    const { id } = await platform.runs.start(scope, { workflowId: of, input, waitSeconds: 0, callerId: 'test' })
    return id as RunId
  }

  async function execute(id: string) {
    await platform.engine.execute([id as RunId])
    return platform.runs.get(scope, id)
  }

  async function failed(of = workflowId): Promise<RunId> {
    shop.isBroken = true
    const id = await start(of)
    expect((await execute(id)).status).toBe('failed')
    shop.isBroken = false
    return id
  }

  const refusal = (code: string) => ({ code })

  it('rests when it is suspended, and goes on when it is resumed', async () => {
    const id = await start()
    expect((await platform.runs.suspend(scope, id)).status).toBe('suspended')
    expect((await platform.runs.suspend(scope, id)).status).toBe('suspended')
    expect((await execute(id)).status).toBe('suspended')
    await platform.runs.resume(scope, id)
    expect((await execute(id)).status).toBe('succeeded')
    await expect(platform.runs.suspend(scope, id)).rejects.toMatchObject(refusal('run.has_ended'))
    await expect(platform.runs.resume(scope, id)).rejects.toMatchObject(refusal('run.not_suspended'))
  })

  it('goes on from where it failed when it is redriven', async () => {
    const id = await failed()
    expect((await platform.runs.steps(scope, id)).map(({ stepId, status }) => [stepId, status])).toEqual([
      ['order', 'succeeded'],
      ['pay', 'failed'],
    ])
    await platform.runs.redrive(scope, id)
    expect((await platform.runs.steps(scope, id)).map(({ stepId }) => stepId)).toEqual(['order'])
    expect(await execute(id)).toMatchObject({ id, status: 'succeeded', output: { total: 5 } })
    await expect(platform.runs.redrive(scope, id)).rejects.toMatchObject(refusal('run.succeeded'))
    const pending = await start()
    await expect(platform.runs.redrive(scope, pending)).rejects.toMatchObject(refusal('run.not_ended'))
  })

  it('is found by its id, its error, its version and how it was started', async () => {
    const id = await failed()
    const list = async (filter: object) =>
      (await platform.runs.list(scope, { workflowId, limit: 100, ...filter })).data.map((run) => run.id)
    expect(await list({ search: id })).toEqual([id])
    expect(await list({ search: 'SHOP is closed' })).toContain(id)
    expect(await list({ search: '%' })).toEqual([])
    expect(await list({ version: 1, mode: 'live' })).toContain(id)
    expect(await list({ version: 2 })).toEqual([])
    expect(await list({ mode: 'test' })).toEqual([])
  })

  it('names the run that a step of it has called', async () => {
    const caller = await publish([{ id: 'sub', type: 'call', workflow: workflowId }])
    const id = await start(caller)
    await execute(id)
    const [waiting] = await platform.runs.steps(scope, id)
    expect(waiting).toMatchObject({ status: 'waiting', childRunId: expect.stringMatching(/^run_/) })
    const child = waiting?.childRunId ?? ''
    expect((await platform.runs.get(scope, child)).parent).toMatchObject({ runId: id, stepPath: 'sub' })
    shop.isBroken = true
    await execute(child)
    shop.isBroken = false
    await execute(id)
    expect((await platform.runs.steps(scope, id))[0]).toMatchObject({ status: 'failed', childRunId: child })
  })

  it('has a history that tells all of it in order', async () => {
    const id = await failed()
    await platform.runs.redrive(scope, id)
    await execute(id)
    const history = await platform.runs.history(scope, id)
    const ofRun = history.filter(({ step, what }) => step === null && what !== 'claimed').map(({ what }) => what)
    expect(ofRun).toEqual(['created', 'failed', 'redriven', 'succeeded'])
    const ofPay = history.filter(({ step }) => step?.stepPath === 'pay').map(({ what }) => what)
    expect(ofPay).toEqual(['failed', 'forgotten', 'succeeded'])
    expect(history.map(({ at }) => Date.parse(at))).toEqual([...history.map(({ at }) => Date.parse(at))].sort())
  })

  it('is run again with its own input or another, on its own version or the latest', async () => {
    const changing = await publish([ORDER])
    const id = await start(changing)
    await execute(id)
    const { draft } = await platform.workflows.get(scope, changing)
    const steps = [{ id: 'order', type: 'set', values: { double: '{{ trigger.total * 2 }}' } }]
    const definition = { ...(draft.definition as JsonObject), steps }
    await platform.workflows.saveDraft(scope, changing, { definition, baseRevision: draft.revision })
    await platform.workflows.publish(scope, changing, { publishedBy: 'test' })
    const same = await platform.runs.rerun(scope, id)
    expect(same).toMatchObject({ originRunId: id, versionNumber: 1, trigger: { total: 5 } })
    expect((await execute(same.id)).output).toEqual({ total: 5 })
    const latest = await platform.runs.rerun(scope, id, { version: 'latest', trigger: { total: 7 } })
    expect(latest).toMatchObject({ originRunId: id, versionNumber: 2, trigger: { total: 7 } })
    expect((await execute(latest.id)).output).toEqual({ double: 14 })
    await platform.workflows.update(scope, changing, { enabled: false })
    await expect(platform.runs.rerun(scope, id, { version: 'latest' })).rejects.toMatchObject(
      refusal('workflow.not_published'),
    )
  })

  it('is forked from a step with what came before, changed or not', async () => {
    const id = await start()
    await execute(id)
    const before = shop.calls
    const fork = await platform.runs.fork(scope, id, { fromStep: 'last', outputs: { order: { total: 99 } } })
    expect(fork.originRunId).toBe(id)
    expect(await execute(fork.id)).toMatchObject({ status: 'succeeded', output: { total: 99 } })
    expect(shop.calls).toBe(before)
    await expect(platform.runs.fork(scope, id, { fromStep: 'none' })).rejects.toMatchObject(refusal('run.unknown_step'))
  })

  it('is forked on the newest version where that is the same up to the step, and says why where it is not', async () => {
    const changing = await publish([ORDER, PAY, LAST])
    const id = await start(changing)
    await execute(id)
    const republish = async (steps: JsonValue[]) => {
      const { draft } = await platform.workflows.get(scope, changing)
      const definition = { ...(draft.definition as JsonObject), steps }
      await platform.workflows.saveDraft(scope, changing, { definition, baseRevision: draft.revision })
      await platform.workflows.publish(scope, changing, { publishedBy: 'test' })
    }
    expect(await platform.runs.checkFork(scope, id, 'last')).toMatchObject({ isNewest: true, isPossible: true })
    await republish([ORDER, PAY, { ...LAST, values: { mended: '{{ steps.order.output.total + 1 }}' } }])
    expect(await platform.runs.checkFork(scope, id, 'last')).toMatchObject({ isNewest: false, isPossible: true })
    const calls = shop.calls
    const fork = await platform.runs.fork(scope, id, { fromStep: 'last', version: 'latest' })
    expect(fork).toMatchObject({ originRunId: id, versionNumber: 2 })
    expect((await execute(fork.id)).output).toEqual({ mended: 6 })
    expect(shop.calls).toBe(calls)
    await republish([{ ...ORDER, values: { total: 0 } }, PAY, LAST])
    expect(await platform.runs.checkFork(scope, id, 'last')).toMatchObject({ isPossible: false, changed: ['order'] })
    await expect(platform.runs.fork(scope, id, { fromStep: 'last', version: 'latest' })).rejects.toMatchObject({
      ...refusal('run.fork_changed'),
      detail: expect.stringContaining('Changed: order.'),
    })
    expect((await platform.runs.fork(scope, id, { fromStep: 'last' })).versionNumber).toBe(1)
  })

  it('is found on the dead-letter list and redriven from it with the others, oldest first', async () => {
    const ids = [await failed(), await failed(), await failed()]
    await platform.test.admin`UPDATE inlay.runs SET is_dead = true WHERE id IN ${platform.test.admin(ids)}`
    const dead = await platform.runs.list(scope, { dead: true, limit: 10 })
    expect(dead.data.map(({ id }) => id)).toEqual([...ids].reverse())
    expect(dead.data.every((run) => run.dead)).toBe(true)
    expect(await platform.runs.redriveFailed(scope, { dead: true, limit: 2 })).toEqual({
      redriven: ids.slice(0, 2),
      hasMore: true,
    })
    expect(await platform.runs.redriveFailed(scope, { dead: true, limit: 2 })).toEqual({
      redriven: ids.slice(2),
      hasMore: false,
    })
    for (const id of ids) expect(await execute(id)).toMatchObject({ status: 'succeeded', dead: false })
  })

  it('is redriven with those of its workflow that failed since a moment', async () => {
    const flaky = await publish([PAY])
    const early = await failed(flaky)
    await platform.test.admin`UPDATE inlay.runs SET finished_at = now() - interval '1 hour' WHERE id = ${early}`
    const late = await failed(flaky)
    const failedSince = new Date(Date.now() - 60_000)
    const elsewhere = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    const filter = { workflowId: flaky, failedSince, limit: 10 }
    expect((await platform.runs.redriveFailed(elsewhere, filter)).redriven).toEqual([])
    expect((await platform.runs.redriveFailed(scope, filter)).redriven).toEqual([late])
    expect((await platform.runs.get(scope, early)).status).toBe('failed')
  })

  it('is not found by others, whatever they want of it', async () => {
    const id = await failed()
    const stranger: TenantScope = await platform.addTenant()
    const neighbour = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    const { runs } = platform
    for (const who of [stranger, neighbour]) {
      const calls = [
        () => runs.cancel(who, id),
        () => runs.suspend(who, id),
        () => runs.resume(who, id),
        () => runs.redrive(who, id),
        () => runs.rerun(who, id),
        () => runs.fork(who, id, { fromStep: 'pay' }),
        () => runs.history(who, id),
      ]
      for (const call of calls) await expect(call()).rejects.toMatchObject(refusal('run.not_found'))
    }
    expect((await runs.get(scope, id)).status).toBe('failed')
  })
})
