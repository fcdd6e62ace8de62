/** What the demo offers to begin from: every template makes a draft that runs to its end with the sample it brings. */
import type { JsonValue } from '@inlay/engine'
import { type StubServer, startStubServer } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from '../http/test-server.js'
import { starterTemplates } from './starters.js'

const NAMES = starterTemplates('http://stub.example').map(({ name }) => name)

describe.skipIf(!hasServers())('templates to begin from', () => {
  let server: TestServer
  let stub: StubServer
  const ids = new Map<string, string>()

  beforeAll(async () => {
    stub = await startStubServer(() => ({ json: { ok: true } }))
    server = await startTestServer({ egressAllow: '127.0.0.0/8' })
    const scope = { tenantId: server.demo.tenantId as never }
    for (const template of starterTemplates(stub.url)) {
      const { id } = await server.plane.services.templates.create(scope, template)
      ids.set(template.name, id)
    }
  })

  afterAll(async () => {
    await server?.close()
    await stub?.close()
  })

  async function use(name: string, more: object = {}) {
    const { customerId } = server.demo
    const { status, body } = await server.post(`/v1/templates/${ids.get(name)}/use`, { customerId, ...more })
    expect(status).toBe(200)
    return body
  }

  it('are six at least in three use cases, and tell what they work with', async () => {
    const { data } = (await server.get('/v1/templates?limit=100')).body
    expect(new Set(data.map(({ useCase }: { useCase: string }) => useCase))).toEqual(
      new Set(['Orders', 'Customers', 'Reports']),
    )
    expect(NAMES.length).toBeGreaterThanOrEqual(6)
    const slack = data.find(({ name }: { name: string }) => name === 'Big orders to Slack')
    expect([slack.connectors, slack.useCase]).toEqual([['slack'], 'Orders'])
  })

  it.each(NAMES)('run without an account: %s', async (name) => {
    const made = await use(name)
    expect(made.draft.issues).toEqual([])
    const { trigger } = (await server.get(`/v1/workflows/${made.id}/samples`)).body as { trigger: JsonValue }
    expect(trigger).not.toBeNull()
    const calls = stub.requests.length
    const { runId } = (await server.post(`/v1/workflows/${made.id}/test-runs`, { input: trigger })).body
    await server.plane.engine.execute([runId])
    const run = (await server.get(`/v1/runs/${runId}`)).body
    expect([run.status, run.error]).toEqual(['succeeded', null])
    expect(stub.requests.length).toBeGreaterThan(calls)
  })

  it('take the name, settings and accounts that a person gives them', async () => {
    const { data } = (await server.get('/v1/templates?limit=100')).body
    const { id } = data.find(({ name }: { name: string }) => name === 'Big orders to Slack')
    ids.set('slack', id)
    const plain = await use('slack')
    expect(plain.draft.definition.vars).toEqual({ above: 100 })
    const set = await use('slack', { name: 'Ours', values: { channel: '#sales' }, connections: { slack: 'con_1' } })
    expect([set.name, set.draft.definition.vars]).toEqual(['Ours', { above: 100, channel: '#sales' }])
    expect(set.draft.definition.steps[0].connection).toBe('con_1')
  })
})
