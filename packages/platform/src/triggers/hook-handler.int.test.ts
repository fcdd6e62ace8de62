import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CustomerId, JsonValue, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { createLogger } from '../telemetry/index.js'
import { createHookHandler } from './hook-handler.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

interface Sent {
  readonly method?: string
  readonly query?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

describe.skipIf(serverUrl === undefined)('a webhook', () => {
  let platform: TestPlatform
  let server: Server
  let base: string
  let scope: { tenantId: TenantId; customerId: CustomerId }
  let workflowId: string
  let token: string

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    const log = createLogger({ level: 'silent', service: 'test' })
    const handle = createHookHandler({ ...platform, ...platform.reception, log })
    server = createServer((request, response) => void handle(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has an AddressInfo.
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/`
    scope = await platform.addTenant()
    workflowId = await publish([])
    token = await tokenOf(workflowId)
  })

  afterAll(async () => {
    server?.closeAllConnections()
    server?.close()
    await platform?.close()
  })

  async function publish(steps: JsonValue[]): Promise<string> {
    const definition = { schema: 'inlay/workflow@1', name: 'Hook', trigger: { type: 'webhook' }, steps }
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name: 'Hook', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  async function tokenOf(id: string): Promise<string> {
    const { trigger } = await platform.workflows.get(scope, id)
    return trigger.webhookUrl?.split('/').at(-1) ?? ''
  }

  async function send(to: string, { method = 'POST', query = '', headers = {}, body }: Sent = {}) {
    const response = await fetch(base + to + query, { method, headers, ...(body === undefined ? {} : { body }) })
    const text = await response.text()
    // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
    return { status: response.status, headers: response.headers, body: text === '' ? null : (JSON.parse(text) as any) }
  }

  async function triggerOf(runId: string): Promise<JsonValue> {
    return (await platform.runs.get(scope, runId)).trigger
  }

  const json = { 'content-type': 'application/json' }

  it('is accepted once its run is committed, and the run sees method, headers, query and body', async () => {
    const { status, body } = await send(token, {
      method: 'PUT',
      query: '?a=1&a=2&b=',
      headers: { ...json, 'X-Shop': 'Larkfield', authorization: 'Bearer s3cret', cookie: 'session=s3cret' },
      body: '{"order":{"id":7}}',
    })
    expect(status).toBe(202)
    const trigger = await triggerOf(body.id)
    expect(trigger).toMatchObject({ method: 'PUT', query: { a: ['1', '2'], b: '' }, body: { order: { id: 7 } } })
    expect(trigger).toHaveProperty('headers.x-shop', 'Larkfield')
    expect(JSON.stringify(trigger)).not.toContain('s3cret')
    expect(platform.dispatched).toContainEqual({ runId: body.id, dispatchSeq: 0, ...scope })
  })

  it.each<[string, Sent, JsonValue]>([
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&b=2' },
      { a: '1', b: '2' },
    ],
    ['text', { headers: { 'content-type': 'text/plain' }, body: 'hello' }, 'hello'],
    ['nothing', {}, null],
    ['nothing, by GET', { method: 'GET' }, null],
    ['almost 1 MiB', { headers: { 'content-type': 'text/plain' }, body: 'a'.repeat(1_000_000) }, 'a'.repeat(1_000_000)],
  ])('takes %s as its body', async (_name, sent, expected) => {
    const { status, body } = await send(token, sent)
    expect(status).toBe(202)
    expect(await triggerOf(body.id)).toMatchObject({ body: expected })
  })

  const large = 'a'.repeat(1_048_577)
  it.each<[string, Sent, number, string]>([
    ['JSON that does not parse', { headers: json, body: '{"a":' }, 400, 'request.malformed'],
    ['JSON with U+0000', { headers: json, body: '{"a":"\\u0000"}' }, 400, 'request.malformed'],
    ['a query with U+0000', { query: '?a=%00' }, 400, 'request.malformed'],
    ['a million brackets', { headers: json, body: '['.repeat(1_000_000) }, 400, 'request.too_deep'],
    ['more than 1 MiB', { headers: { 'content-type': 'text/plain' }, body: large }, 413, 'request.too_large'],
    [
      '1 MiB beside its headers',
      { headers: { 'content-type': 'text/plain' }, body: 'a'.repeat(1_048_576) },
      413,
      'request.too_large',
    ],
    ['ten times too much', { headers: json, body: large.repeat(10) }, 413, 'request.too_large'],
    ['an endless key', { headers: { 'idempotency-key': 'k'.repeat(300) } }, 400, 'request.invalid'],
  ])('refuses %s with a problem that says why', async (_name, sent, status, code) => {
    const answer = await send(token, sent)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ status, code, requestId: expect.stringMatching(/^req_/) })
  })

  it('refuses more than 1 MiB also when the sender does not say how much comes', async () => {
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const request = httpRequest(base + token, { method: 'POST', headers: json }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      })
      request.on('error', reject)
      for (let i = 0; i < 20; i++) request.write('a'.repeat(100_000))
      request.end()
    })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'request.too_large' })
  })

  it('at an address that is unknown, malformed or switched off is refused in the same words', async () => {
    const other = await publish([])
    const address = await tokenOf(other)
    expect((await send(address)).status).toBe(202)
    await platform.workflows.update(scope, other, { enabled: false })
    const answers = await Promise.all([address, 'A'.repeat(43), 'x', '%00'].map((to) => send(to)))
    for (const { status, body } of answers) {
      expect(status).toBe(404)
      expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
    }
    await platform.workflows.update(scope, other, { enabled: true })
    expect((await send(address)).status).toBe(202)
    await platform.workflows.delete(scope, other)
    expect((await send(address)).status).toBe(404)
  })

  it.each(['idempotency-key', 'webhook-id'])(
    'that is delivered again under its %s starts no second run',
    async (name) => {
      const headers = { [name]: `again-${name}` }
      const [first, second] = [await send(token, { headers }), await send(token, { headers })]
      expect(second).toMatchObject({ status: 202, body: { id: first.body.id } })
      const elsewhere = await send(await tokenOf(await publish([])), { headers })
      expect(elsewhere.body.id).not.toBe(first.body.id)
    },
  )

  it('starts the version that is published now', async () => {
    const id = await publish([])
    const address = await tokenOf(id)
    await send(address)
    const { draft } = await platform.workflows.get(scope, id)
    const definition = { ...(draft.definition as object), steps: [{ id: 'a', type: 'set', values: {} }] } as JsonValue
    await platform.workflows.saveDraft(scope, id, { definition, baseRevision: draft.revision })
    const version = await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const { body } = await send(address)
    expect(await platform.runs.get(scope, body.id)).toMatchObject({ versionId: version.id, versionNumber: 2 })
    expect(await tokenOf(id)).toBe(address)
  })

  it('asks the database once for an address, however many strangers try others', async () => {
    await send(token)
    const strangers = Array.from({ length: 1500 }, (_, i) => String(i).padStart(43, 'z'))
    await Promise.all(strangers.map((stranger) => platform.targets.find(stranger)))
    await platform.test.admin`ALTER TABLE inlay.webhook_triggers RENAME TO hidden`
    try {
      expect((await send(token)).status).toBe(202)
      expect((await send('y'.repeat(43))).status).toBe(500)
    } finally {
      await platform.test.admin`ALTER TABLE inlay.hidden RENAME TO webhook_triggers`
    }
  })
})
