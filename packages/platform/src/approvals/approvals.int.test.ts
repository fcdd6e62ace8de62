import type { CustomerId, JsonObject, RunId, TenantId, TenantScope } from '@inlay/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../identity/index.js'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('an approval', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
  })

  beforeEach(async () => {
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  /** A run that waits. @returns its id and the token of its link */
  async function begin(wait: JsonObject): Promise<{ runId: RunId; token: string }> {
    const steps = [
      {
        id: 'ask',
        type: 'wait',
        ...wait,
        steps: [{ id: 'link', type: 'set', values: { url: '{{ steps.ask.output.url }}' } }],
      },
      { id: 'result', type: 'set', values: { was: '{{ steps.ask.output }}' } },
    ]
    const definition = { schema: 'inlay/workflow@1', name: 'Refund', trigger: { type: 'manual' }, steps }
    const { customerId } = scope
    const { id } = await platform.workflows.create(scope, { customerId, name: 'Refund', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const request = { workflowId: id, input: {}, waitSeconds: 0, callerId: 'test' }
    const runId = (await platform.runs.start(scope, request)).id as RunId
    await platform.engine.execute([runId])
    const [link] = await platform.test.admin<{ output: { url: string } }[]>`
      SELECT output FROM inlay.journal WHERE run_id = ${runId} AND step_path LIKE '%link'`
    const { url = '' } = link?.output ?? {}
    return { runId, token: url.split('/').at(-1) ?? '' }
  }

  /** What the step gave, once the run has gone on. */
  async function outputOf(runId: RunId): Promise<unknown> {
    await platform.engine.execute([runId])
    const { status, output } = await platform.runs.get(scope, runId)
    return status === 'succeeded' ? (output as JsonObject)['was'] : status
  }

  const member = (email: string, role: 'viewer' | 'admin' = 'admin'): Caller => ({
    kind: 'member',
    id: `mem_${email}`,
    scope: { tenantId: scope.tenantId },
    permissions: [],
    member: { id: `mem_${email}`, email, name: 'Somebody', role },
  })

  const endUser = (sub: string): Caller => ({
    kind: 'embed',
    id: sub,
    scope,
    permissions: [],
    endUser: { sub, name: null, role: 'editor' },
  })

  const inbox = async (who: TenantScope = scope) => (await platform.approvals.list(who, { limit: 100 })).data

  const ASK = { approval: { title: 'Refund 70 €?', message: 'Order 7', timeout: '2h' } }

  it('stands in the inbox until a member has decided it, and the run goes on with the decision', async () => {
    const { runId } = await begin(ASK)
    const [approval] = await inbox()
    expect(approval).toMatchObject({
      runId,
      stepPath: 'ask',
      title: 'Refund 70 €?',
      message: 'Order 7',
      workflowName: 'Refund',
    })
    expect(Date.parse(approval?.deadline ?? '')).toBeGreaterThan(Date.now())
    const caller = member('a@vendor.example')
    await platform.approvals.decide(caller, approval?.id ?? '', { decision: 'approve', comment: 'Fine.' })
    expect(await inbox()).toEqual([])
    await expect(platform.approvals.decide(caller, approval?.id ?? '', { decision: 'reject' })).rejects.toMatchObject({
      code: 'approval.already_decided',
    })
    const { data: decided } = await platform.approvals.list(scope, { state: 'decided', limit: 100 })
    expect(decided).toMatchObject([{ runId, decision: { approved: true, by: 'Somebody', comment: 'Fine.' } }])
    const by = { kind: 'member', id: 'mem_a@vendor.example', name: 'Somebody' }
    expect(await outputOf(runId)).toEqual({ approved: true, by, comment: 'Fine.', timedOut: false })
  })

  it('is decided by those it names alone, whatever the case of their addresses', async () => {
    await begin({ approval: { title: 'Pay?', assignees: ['Boss@vendor.example', 'u1', 'role:viewer'] } })
    const [approval] = await inbox()
    const decide = (caller: Caller) => platform.approvals.decide(caller, approval?.id ?? '', { decision: 'reject' })
    await expect(decide(member('a@vendor.example'))).rejects.toMatchObject({ code: 'approval.not_assigned' })
    await expect(decide(endUser('u2'))).rejects.toMatchObject({ code: 'approval.not_assigned' })
    await decide(member('boss@vendor.example'))
    await expect(decide(endUser('u1'))).rejects.toMatchObject({ code: 'approval.already_decided' })
  })

  it('is out of reach of other customers and tenants', async () => {
    await begin(ASK)
    const [approval] = await inbox()
    const neighbour = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    for (const stranger of [neighbour, await platform.addTenant()]) {
      expect(await inbox(stranger)).toEqual([])
      const caller: Caller = { kind: 'apiKey', id: 'key_1', scope: stranger, permissions: [] }
      await expect(
        platform.approvals.decide(caller, approval?.id ?? '', { decision: 'approve' }),
      ).rejects.toMatchObject({ code: 'approval.not_found' })
    }
  })

  it('is decided by whoever has its link, once', async () => {
    const { runId, token } = await begin(ASK)
    expect(await platform.approvals.readLink(token)).toMatchObject({
      tenantName: 'Tenant',
      title: 'Refund 70 €?',
      isDecided: false,
    })
    await platform.approvals.decideByLink(token, { decision: 'reject', comment: '' })
    expect(await platform.approvals.readLink(token)).toMatchObject({ isDecided: true })
    await expect(platform.approvals.decideByLink(token, { decision: 'approve' })).rejects.toMatchObject({
      code: 'approval.already_decided',
    })
    const by = { kind: 'link', id: null, name: null }
    expect(await outputOf(runId)).toEqual({ approved: false, by, comment: null, timedOut: false })
  })

  it('has links of its own: neither guesses nor callbacks answer it', async () => {
    const { token } = await begin(ASK)
    const notFound = { code: 'link.not_found' }
    await expect(platform.approvals.readLink('x')).rejects.toMatchObject(notFound)
    await expect(platform.approvals.readLink(`${token.slice(0, -1)}_`)).rejects.toMatchObject(notFound)
    await expect(platform.approvals.answerCallback(token, { approved: true })).rejects.toMatchObject(notFound)
    expect((await inbox()).length).toBe(1)
  })

  it('does not give its link to those who may look at its run', async () => {
    const { runId, token } = await begin(ASK)
    const steps = await platform.runs.steps(scope, runId)
    expect(steps.map(({ stepId }) => stepId)).toContain('link')
    expect(JSON.stringify(steps)).toContain('/approvals/…')
    expect(JSON.stringify([steps, await platform.runs.history(scope, runId)])).not.toContain(token)
  })

  it('is listed in pages, oldest first', async () => {
    const runIds: string[] = []
    for (let i = 0; i < 3; i++) runIds.push((await begin(ASK)).runId)
    const first = await platform.approvals.list(scope, { limit: 2 })
    const second = await platform.approvals.list(scope, { limit: 2, cursor: first.nextCursor ?? undefined })
    expect([...first.data, ...second.data].map(({ runId }) => runId)).toEqual(runIds)
    expect(second.nextCursor).toBeNull()
    expect((await platform.approvals.list(scope, { limit: 9, runId: runIds[1] ?? '' })).data.length).toBe(1)
  })

  it('has a sibling, the callback, that takes what a service sends', async () => {
    const { runId, token } = await begin({ callback: { timeout: '1h' } })
    expect(await inbox()).toEqual([])
    await expect(platform.approvals.decideByLink(token, { decision: 'approve' })).rejects.toMatchObject({
      code: 'link.not_found',
    })
    await platform.approvals.answerCallback(token, { status: 'done' })
    await expect(platform.approvals.answerCallback(token, {})).rejects.toMatchObject({
      code: 'callback.already_answered',
    })
    expect(await outputOf(runId)).toEqual({ body: { status: 'done' }, timedOut: false })
  })
})
