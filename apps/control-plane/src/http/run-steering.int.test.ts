import type { JsonValue, RunId } from '@inlay/engine'
import { Inlay } from '@inlay/sdk/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, hasServers, startTestServer, type TestServer } from './test-server.js'

describe.skipIf(!hasServers())('runs over REST', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })

  afterAll(() => server?.close())

  async function publish(steps: JsonValue[], trigger: JsonValue = { type: 'manual' }): Promise<string> {
    const { customerId } = server.demo
    const definition = { schema: 'inlay/workflow@1', name: 'Steered', trigger, steps }
    const { body } = await server.post('/v1/workflows', { customerId, name: 'Steered', definition })
    await server.post(`/v1/workflows/${body.id}/publish`)
    return body.id
  }

  async function start(workflowId: string, input: JsonValue = {}): Promise<string> {
    return (await server.post(`/v1/workflows/${workflowId}/runs`, { input })).body.id
  }

  const execute = (id: string): Promise<void> => server.plane.engine.execute([id as RunId])
  const refusal = ({ status, body }: Answer): unknown[] => [status, body.code]

  it('rest and go on', async () => {
    const id = await start(await publish([]))
    expect(await server.post(`/v1/runs/${id}/suspend`)).toMatchObject({ status: 200, body: { status: 'suspended' } })
    expect((await server.post(`/v1/runs/${id}/resume`)).body.status).toBe('pending')
    await execute(id)
    expect(refusal(await server.post(`/v1/runs/${id}/resume`))).toEqual([409, 'run.not_suspended'])
    expect(refusal(await server.post(`/v1/runs/${id}/redrive`))).toEqual([409, 'run.succeeded'])
    expect(refusal(await server.post('/v1/runs/run_none/suspend'))).toEqual([404, 'run.not_found'])
  })

  it('are made anew from others, and tell how they came to be', async () => {
    const workflowId = await publish([{ id: 'double', type: 'set', values: { n: '{{ trigger.n * 2 }}' } }])
    const id = await start(workflowId, { n: 2 })
    await execute(id)
    const rerun = await server.post(`/v1/runs/${id}/rerun`, { trigger: { n: 4 } })
    expect(rerun).toMatchObject({ status: 202, body: { originRunId: id, trigger: { n: 4 } } })
    const fork = await server.post(`/v1/runs/${id}/fork`, { fromStep: 'double' })
    expect(fork).toMatchObject({ status: 202, body: { originRunId: id, trigger: { n: 2 } } })
    const history = await server.get(`/v1/runs/${id}/history`)
    expect(history.body.data.map(({ what }: { what: string }) => what)).toEqual([
      'created',
      'claimed',
      'succeeded',
      'succeeded',
    ])
    expect(refusal(await server.post(`/v1/runs/${id}/fork`, {}))).toEqual([400, 'request.invalid'])
    expect(refusal(await server.post(`/v1/runs/${id}/fork`, { fromStep: 'x' }))).toEqual([400, 'run.unknown_step'])
  })

  it('that failed are found and redriven by the score', async () => {
    const workflowId = await publish([{ id: 'bad', type: 'set', values: { n: '{{ trigger.a.b.c }}' } }])
    const id = await start(workflowId)
    await execute(id)
    await server.test.admin`UPDATE inlay.runs SET is_dead = true WHERE id = ${id}`
    expect((await server.get('/v1/runs?dead=true')).body.data).toMatchObject([{ id, dead: true }])
    expect((await server.get(`/v1/runs?dead=false&workflowId=${workflowId}`)).body.data).toEqual([])
    expect(refusal(await server.get('/v1/runs?dead=maybe'))).toEqual([400, 'request.invalid'])
    expect(refusal(await server.post('/v1/runs/redrive', { workflowId }))).toEqual([400, 'request.invalid'])
    const many = await server.post('/v1/runs/redrive', { dead: true })
    expect([many.status, many.body]).toEqual([202, { redriven: [id], hasMore: false }])
  })

  it('begin on events, once for an id', async () => {
    const workflowId = await publish([], { type: 'event', name: 'order.paid' })
    const event = { id: 'e1', name: 'order.paid', customerId: server.demo.customerId, payload: { total: 9 } }
    expect(await server.post('/v1/events', event)).toMatchObject({ status: 202, body: { id: 'e1', created: true } })
    expect((await server.post('/v1/events', event)).body).toEqual({ id: 'e1', created: false })
    const { data } = (await server.get(`/v1/runs?workflowId=${workflowId}`)).body
    expect(data).toHaveLength(1)
    const unknown = await server.post('/v1/events', { ...event, customerId: 'cus_none' })
    expect(refusal(unknown)).toEqual([404, 'customer.not_found'])
    expect(refusal(await server.post('/v1/events', { ...event, id: 'a\nb' }))).toEqual([400, 'request.invalid'])
    const key = await server.post('/v1/api-keys', { name: 'Reader', scopes: ['runs:read'] })
    const authorization = `Bearer ${key.body.secret}`
    expect(refusal(await server.post('/v1/events', event, { authorization }))).toEqual([403, 'auth.denied'])
  })

  it('are steered by the SDK, whose every address is one of the API', async () => {
    const inlay = new Inlay({ baseUrl: server.base, apiKey: server.demo.apiKey })
    const { customerId } = server.demo
    const { id: workflowId } = await inlay.workflows.create({ customerId, name: 'Asked' })
    const ask = { id: 'ask', type: 'wait', approval: { title: 'Go on?' } }
    const definition = { schema: 'inlay/workflow@1', name: 'Asked', trigger: { type: 'manual' }, steps: [ask] }
    await inlay.workflows.saveDraft(workflowId, { definition, baseRevision: 1 })
    await inlay.workflows.publish(workflowId)
    const { id } = await inlay.workflows.start(workflowId, {})
    expect((await inlay.runs.suspend(id)).status).toBe('suspended')
    expect((await inlay.runs.resume(id)).status).toBe('pending')
    await execute(id)
    const open: string[] = []
    for await (const approval of inlay.approvals.list({ runId: id, limit: 1 })) open.push(approval.id)
    await inlay.approvals.decide(open[0] ?? '', { decision: 'approve' })
    await execute(id)
    expect(await inlay.runs.get(id)).toMatchObject({ status: 'succeeded', output: { approved: true } })
    expect((await inlay.runs.history(id)).map(({ what }) => what)).toEqual(
      expect.arrayContaining(['suspended', 'resumed', 'waiting', 'answered', 'succeeded']),
    )
    expect((await inlay.runs.rerun(id)).originRunId).toBe(id)
    expect((await inlay.runs.fork(id, { fromStep: 'ask' })).originRunId).toBe(id)
    await expect(inlay.runs.redrive(id)).rejects.toMatchObject({ code: 'run.succeeded', status: 409 })
    expect(await inlay.runs.redriveMany({ workflowId, failedSince: new Date(0).toISOString() })).toEqual({
      redriven: [],
      hasMore: false,
    })
    expect(await inlay.events.publish({ name: 'x', customerId })).toMatchObject({ created: true })
    expect((await inlay.runs.list({ dead: true })).data.every(({ dead }) => dead)).toBe(true)
  })
})
