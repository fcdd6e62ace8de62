import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject, JsonValue } from '@inlay/engine'
import { attemptAction, runAction, startStubServer } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkConnector } from './connector/to-connector.js'
import { upgradeSwagger } from './document/swagger.js'
import { importOpenApi } from './import-openapi.js'
import { parseImportedConnector } from './imported-connector.js'
import { createNotes } from './notes.js'
import { callEveryAction, testAuth } from './testing/call-all.js'
import { createDocumentStub } from './testing/document-stub.js'

const fixture = (name: string): Promise<string> => readFile(join(import.meta.dirname, 'fixtures', name), 'utf8')
const shop = async () => importOpenApi(await fixture('shop-3.0.yaml'))
const desk = async (options = {}) => importOpenApi(await fixture('desk-3.1.yaml'), options)
const legacy = async () => importOpenApi(await fixture('legacy-2.0.yaml'))

type Imported = Awaited<ReturnType<typeof shop>>
const operation = ({ connector }: Imported, id: string) =>
  connector.operations.find((one) => one.id === id) ?? expect.unreachable(`no operation ${id}`)
const fieldOf = (imported: Imported, id: string, field: string): unknown => {
  const properties = operation(imported, id).input['properties']
  return (properties as Record<string, unknown>)[field]
}
const reasons = ({ notes }: Imported): string => notes.map(({ pointer, reason }) => `${pointer} ${reason}`).join('\n')

describe.each([
  ['OpenAPI 3.0', 'shop-3.0.yaml'],
  ['OpenAPI 3.1', 'desk-3.1.yaml'],
  ['Swagger 2.0', 'legacy-2.0.yaml'],
])('a document of %s', (_, name) => {
  it('becomes a connector whose every action calls as the document says', async () => {
    const text = await fixture(name)
    const { connector } = await importOpenApi(text)
    const raw = parse(text) as JsonObject
    const samples = new Map<string, JsonValue>()
    const stub = createDocumentStub('swagger' in raw ? upgradeSwagger(raw, createNotes()) : raw, samples)
    const server = await startStubServer((request) => stub.handle(request))
    try {
      expect(await callEveryAction(connector, { samples, baseUrl: server.url, run: runAction })).toEqual([])
      expect(stub.calls).toHaveLength(connector.operations.length)
    } finally {
      await server.close()
    }
  })

  it('is plain JSON that survives its storage', async () => {
    const { connector } = await importOpenApi(await fixture(name))
    const stored: unknown = JSON.parse(JSON.stringify(connector))
    expect(parseImportedConnector(stored)).toEqual(connector)
    expect(() => checkConnector(parseImportedConnector(stored))).not.toThrow()
    expect(() => parseImportedConnector({ ...connector, schema: 'else' })).toThrow(/not the description/)
  })
})

describe('an import', () => {
  it('names actions after their operations, whatever order they come in', async () => {
    const imported = await shop()
    const ids = imported.connector.operations.map(({ id }) => id)
    expect(ids).toContain('listOrders')
    expect(ids).toContain('getShapesListLabelMatrix')
    // Two operations have the id getOrder: DELETE comes first in the alphabet.
    expect(operation(imported, 'getOrder').method).toBe('DELETE')
    expect(imported.connector.operations.filter(({ id }) => /^getOrder[0-9a-f]{6}$/.test(id))).toHaveLength(1)
    expect(operation(imported, 'listOrders').name).toBe('List orders')
  })

  it('translates schemas of 3.0 to 2020-12', async () => {
    const imported = await shop()
    expect(fieldOf(imported, 'createOrder', 'customer')).toMatchObject({ type: ['string', 'null'] })
    expect(fieldOf(imported, 'createOrder', 'total')).toMatchObject({ minimum: 0, exclusiveMaximum: 100 })
    expect(fieldOf(imported, 'createOrder', 'choice')).toMatchObject({
      anyOf: [{ type: 'string' }, { type: 'integer' }],
    })
    expect(fieldOf(imported, 'charge', 'amount')).toMatchObject({ exclusiveMinimum: 0, examples: [5] })
    // What only the service sets is not in the form; what only we send is not in the answer.
    expect(fieldOf(imported, 'createOrder', 'id')).toBeUndefined()
    expect(imported.connector.definitions['Order']).not.toHaveProperty('properties.api_key')
    expect(imported.connector.definitions['Order']).toHaveProperty('properties.id')
  })

  it('keeps recursion by reference, and only what an action needs', async () => {
    const connector = checkConnector((await shop()).connector)
    const { output } = connector.actions['createOrder'] ?? expect.unreachable()
    const order = { customer: 'Kim', id: '1' }
    expect(output.safeParse({ ...order, parts: [{ ...order, parts: [] }] }).success).toBe(true)
    expect(output.safeParse({ ...order, parts: [{ ...order, parts: [{ customer: 1, id: '2' }] }] }).success).toBe(false)
  })

  it('tells everything that it leaves out or changes', async () => {
    const all = `${reasons(await shop())}\n${reasons(await desk())}\n${reasons(await legacy())}`
    for (const reason of [
      '/components/securitySchemes/signIn/flows/implicit The flow "implicit"',
      'The reference "https://evil.test/schema.json" leads out of the document',
      '/paths/~1..~1admin/get The path leads out',
      '/paths/~1trace/trace The method TRACE is not sent',
      'has to be a "Person" in order to be one',
      'The header "Content-Length" is the HTTP client',
      '/callbacks Callbacks of an operation',
      'The discriminator is not enforced',
      '/webhooks/ticketMade A webhook becomes a trigger when an overlay',
      'The address "/api" is relative',
      '"javascript:alert(1)" is no tokenUrl that begins with https',
      'There is no type "int"; taken as "integer"',
      'None of the choices is of the type',
      'This operation is at https://files.shop.test',
    ]) {
      expect(all).toContain(reason)
    }
  })

  it('offers each way to connect, with all that it takes together', async () => {
    const { auth, serverFields, servers } = (await shop()).connector
    expect(
      auth.map(({ kind, credentials }) => [kind, credentials.map(({ in: place, name }) => `${place} ${name}`)]),
    ).toEqual([
      ['oauth2', ['header authorization']],
      ['apiKey', ['header X-Account', 'query key']],
    ])
    // Scopes that only operations name are asked for too.
    expect(auth[0]?.oauth?.scopes.map(({ scope }) => scope)).toEqual(['orders.read', 'orders.write'])
    expect(serverFields.map(({ name }) => name)).toEqual(['shop', 'stage', 'server'])
    expect(servers).toHaveLength(2)
    expect((await legacy()).connector.auth.map(({ kind }) => kind)).toEqual(['basic', 'bearer'])
    expect((await desk()).connector.auth[0]).toMatchObject({ kind: 'bearer' })
  })

  it("never shows what may be somebody's key", async () => {
    expect(JSON.stringify((await shop()).connector)).not.toContain('real-looking')
  })

  it('takes the address of the document for relative servers', async () => {
    const { connector } = await desk({ documentUrl: 'https://desk.test/docs/openapi.yaml' })
    expect(connector.servers).toEqual([{ url: 'https://desk.test/api', title: 'https://desk.test/api' }])
    expect((await desk()).connector.serverFields).toMatchObject([{ name: 'baseUrl', form: 'url' }])
  })
})

describe('on the wire', () => {
  const call = async (imported: Imported, id: string, extra: JsonObject = {}) => {
    const server = await startStubServer(() => ({ status: 200, json: {} }))
    const method = imported.connector.auth[0]
    try {
      const sample = { ...operation(imported, id).sampleInput, ...extra }
      await attemptAction(checkConnector(imported.connector), id, {
        input: sample,
        baseUrl: `${server.url}/v1`,
        ...(method === undefined ? {} : { auth: testAuth(method, imported.connector) }),
        files: { write: async () => expect.unreachable(), read: async () => Buffer.from('bytes') },
        idempotencyKey: 'run/step',
      }).catch((error: unknown) => {
        // What counts is what was sent: the stub's answer fits no schema.
        if (server.requests.length === 0) throw error
      })
      return server.requests[0] ?? expect.unreachable('nothing was sent')
    } finally {
      await server.close()
    }
  }

  it('parameters are written in their style', async () => {
    const imported = await shop()
    const request = await call(imported, 'listOrders')
    const pairs = (request.url.split('?')[1] ?? '').split('&')
    expect(pairs).toEqual([
      'status=open,paid',
      'tags=a%20b%7Cc',
      'words=x%20y',
      'ids=1',
      'ids=2',
      'filter%5Bcity%5D=Bern%20%26%20Biel',
      'filter%5Btotal%5D%5Bgt%5D=5',
      'shape=%7B%22deep%22%3Atrue%7D',
    ])
    expect(request.headers).toMatchObject({
      'x-trace': 'one,two',
      cookie: 'session=a%3Bb',
      authorization: 'Bearer test-token',
    })
    const shapes = await call(imported, 'getShapesListLabelMatrix')
    expect(shapes.url).toBe('/v1/shapes/a,b/.red/;matrix=3;matrix=4')
  })

  it('a value of the path cannot lead out of it', async () => {
    const imported = await shop()
    expect((await call(imported, 'getOrder', { id: '../a?b#c' })).url).toBe('/v1/orders/..%2Fa%3Fb%23c')
    await expect(call(imported, 'getOrder', { id: '..' })).rejects.toMatchObject({ kind: 'validation' })
    await expect(call(imported, 'getOrder', { id: '' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('bodies are JSON, forms, files, texts or bytes', async () => {
    const imported = await shop()
    const order = await call(imported, 'createOrder', { note: 'query', body_note: 'body' })
    expect(order.url).toBe('/v1/orders?note=query')
    expect(order.json()).toMatchObject({ note: 'body', customer: 'Kim' })
    // The service takes 36 characters at most.
    expect(order.headers['idempotency-key']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect((await call(imported, 'charge')).body).toBe('amount=5&meta%5Ba%5D=b&lines=x,y')
    const upload = await call(imported, 'upload')
    expect(upload.body).toContain('name="file"; filename="sample.txt"\r\ncontent-type: text/plain\r\n\r\nbytes')
    expect(upload.body).toContain('name="about"\r\n\r\n{"title":"Hello"}')
    expect(await call(imported, 'replace')).toMatchObject({
      body: 'bytes',
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect(await call(imported, 'writeNote')).toMatchObject({
      body: '# Hi',
      headers: { 'content-type': 'text/markdown' },
    })
  })

  it('Swagger 2 means the same', async () => {
    const imported = await legacy()
    const request = await call(imported, 'thingsList', { ids: [1, 2], tag: ['a', 'b'] })
    expect(request.url).toBe('/v1/things?tag=a&tag=b&ids=1,2')
    expect(request.headers['authorization']).toBe(`Basic ${Buffer.from('kim:test-password').toString('base64')}`)
    expect((await call(imported, 'upload')).body).toContain('name="title"')
    expect((await call(imported, 'form', { a: ['x', 'y'] })).body).toBe('a=x,y')
    expect(imported.connector.servers[0]?.url).toBe('https://legacy.test/api')
  })
})
