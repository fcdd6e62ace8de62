import type { AuthValues, JsonObject } from '@inlay/engine'
import { runAction, type StubHandler, startStubServer, testConnection } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { importOpenApi } from '../import-openapi.js'
import { importedRegistryEntry } from './registry-entry.js'
import { checkConnector, toConnector } from './to-connector.js'

const json = (schema: unknown, more: object = {}) => ({
  description: 'ok',
  content: { 'application/json': { schema } },
  ...more,
})
const item = { type: 'object', properties: { id: { type: 'string' } } }
const list = { type: 'array', items: item }
const query = (name: string, type = 'string') => ({ name, in: 'query', schema: { type } })

const importList = async (parameters: object[], schema: object, more: object = {}) => {
  const { connector } = await importOpenApi(
    {
      openapi: '3.1.0',
      info: { title: 'Lists', version: '1.0.0' },
      servers: [{ url: 'https://lists.test' }],
      paths: {
        '/items': {
          get: {
            operationId: 'list',
            parameters,
            responses: { 200: json(schema, more), 404: { description: 'No such list' } },
          },
        },
      },
    },
    { checkSpecification: false },
  )
  return connector
}

const withStub = async <T>(
  handler: StubHandler,
  use: (url: string, asked: () => string[]) => Promise<T>,
): Promise<T> => {
  const server = await startStubServer(handler)
  try {
    return await use(server.url, () => server.requests.map(({ url }) => url))
  } finally {
    await server.close()
  }
}

const object = (properties: JsonObject) => ({ type: 'object', properties })

describe('all pages of a list', () => {
  it.each<[string, object[], object, object, StubHandler, string[]]>([
    [
      'a cursor within the answer',
      [query('cursor')],
      object({ data: list, meta: object({ next_cursor: { type: 'string' } }) }),
      {},
      ({ url }) => ({
        json: url.includes('cursor')
          ? { data: [{ id: 'b' }], meta: {} }
          : { data: [{ id: 'a' }], meta: { next_cursor: 'x&y' } },
      }),
      ['/items', '/items?cursor=x%26y'],
    ],
    [
      'the last id',
      [query('starting_after')],
      object({ data: list, has_more: { type: 'boolean' } }),
      {},
      ({ url }) => ({ json: { data: [{ id: url.includes('after') ? 'b' : 'a' }], has_more: !url.includes('after') } }),
      ['/items', '/items?starting_after=a'],
    ],
    [
      'numbered pages, until one is empty',
      [query('page', 'integer')],
      list,
      {},
      ({ url }) => ({ json: url.endsWith('=1') ? [{ id: 'a' }] : url.endsWith('=2') ? [{ id: 'b' }] : [] }),
      ['/items?page=1', '/items?page=2', '/items?page=3'],
    ],
    [
      'an offset',
      [query('offset', 'integer'), query('limit', 'integer')],
      object({ results: list }),
      {},
      ({ url }) => ({
        json: { results: url.endsWith('=2') ? [] : url.endsWith('=1') ? [{ id: 'b' }] : [{ id: 'a' }] },
      }),
      ['/items', '/items?offset=1', '/items?offset=2'],
    ],
    [
      'a Link header',
      [],
      list,
      { headers: { Link: { schema: { type: 'string' } } } },
      ({ url, headers }) =>
        url.includes('p=2')
          ? { json: [{ id: 'b' }] }
          : { json: [{ id: 'a' }], headers: { link: `<http://${headers.host}/items?p=2>; rel="next"` } },
      ['/items', '/items?p=2'],
    ],
    [
      'the address of the next page',
      [],
      object({ value: list, '@odata.nextLink': { type: 'string' } }),
      {},
      ({ url, headers }) => ({
        json: url.includes('p=2')
          ? { value: [{ id: 'b' }] }
          : { value: [{ id: 'a' }], '@odata.nextLink': `http://${headers.host}/items?p=2` },
      }),
      ['/items', '/items?p=2'],
    ],
  ])('goes on by %s', async (_, parameters, schema, more, handler, expected) => {
    const connector = checkConnector(await importList(parameters, schema, more))
    await withStub(handler, async (baseUrl, asked) => {
      const all = await runAction(connector, 'list', { input: { allPages: true }, baseUrl })
      expect(JSON.stringify(all)).toContain('[{"id":"a"},{"id":"b"}]')
      expect(asked()).toEqual(expected)
      await runAction(connector, 'list', { input: {}, baseUrl })
      expect(asked()).toHaveLength(expected.length + 1)
      const one = await runAction(connector, 'list', { input: { allPages: true, maxItems: 1 }, baseUrl })
      expect(JSON.stringify(one)).toContain('[{"id":"a"}]')
    })
  })
})

describe('an answer', () => {
  it('that refuses says why: in the words of the service, else of its document', async () => {
    const connector = checkConnector(await importList([], list))
    const call = (answer: Awaited<ReturnType<StubHandler>>) =>
      withStub(
        () => answer,
        (baseUrl) => runAction(connector, 'list', { input: {}, baseUrl }),
      )
    const problem = {
      status: 422,
      json: { title: 'Too many', detail: 'At most five.' },
      headers: { 'content-type': 'application/problem+json' },
    }
    await expect(call(problem)).rejects.toMatchObject({
      kind: 'rejected',
      message: 'Lists answered with status 422: Too many',
      detail: expect.stringContaining('At most five.'),
      data: { status: 422 },
    })
    await expect(call({ status: 404 })).rejects.toThrow('Lists answered with status 404: No such list')
    await expect(
      call({ status: 429, headers: { 'retry-after': '7' }, json: { error: { message: 'Slow' } } }),
    ).rejects.toMatchObject({
      kind: 'rate_limited',
      retryAfterMs: 7000,
      message: 'Lists answered with status 429: Slow',
    })
    await expect(call({ json: { an: 'object' } })).rejects.toMatchObject({ kind: 'communication', retryable: false })
    await expect(call({ text: '<html>' })).rejects.toThrow('a web page instead of JSON')
  })
})

describe('credentials', () => {
  const secured = async () => {
    const { connector } = await importOpenApi(
      {
        openapi: '3.0.0',
        info: { title: 'Secured', version: '1.0.0' },
        servers: [
          { url: 'https://{region}.secured.test/v1', variables: { region: { default: 'eu', enum: ['eu', 'us'] } } },
        ],
        security: [{ a: [], b: [] }, { c: [] }, { d: [] }],
        paths: {
          '/me': { get: { operationId: 'me', parameters: [query('q')], responses: { 200: json({ type: 'object' }) } } },
        },
        components: {
          securitySchemes: {
            a: { type: 'apiKey', in: 'header', name: 'X-App' },
            b: { type: 'apiKey', in: 'query', name: 'user key' },
            c: { type: 'apiKey', in: 'cookie', name: 'sid' },
            d: { type: 'http', scheme: 'Token' },
          },
        },
      },
      { checkSpecification: false },
    )
    return connector
  }

  it('go where the document says, several at once', async () => {
    const imported = await secured()
    const connector = checkConnector(imported)
    const call = (auth: AuthValues) =>
      withStub(
        ({ url, headers }) => ({
          json: {
            url,
            app: headers['x-app'] ?? null,
            cookie: headers.cookie ?? null,
            authorization: headers.authorization ?? null,
          },
        }),
        (baseUrl) => runAction(connector, 'me', { input: { q: 'a,b' }, auth, baseUrl }),
      )
    const [both, cookie, token] = imported.auth
    expect(
      await call({ kind: 'apiKey', method: both?.id ?? '', apiKey: 'test-app', fields: { b: 'test&user' } }),
    ).toMatchObject({
      url: '/me?q=a%2Cb&user%20key=test%26user',
      app: 'test-app',
    })
    expect(await call({ kind: 'apiKey', method: cookie?.id ?? '', apiKey: 'a;b', fields: {} })).toMatchObject({
      cookie: 'sid=a%3Bb',
    })
    expect(await call({ kind: 'apiKey', method: token?.id ?? '', apiKey: 'test', fields: {} })).toMatchObject({
      authorization: 'Token test',
    })
    await expect(
      call({ kind: 'apiKey', method: both?.id ?? '', apiKey: 'a\r\nx: y', fields: {} }),
    ).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('are tried by an operation that needs nothing, at the address of the connection', async () => {
    const imported = await secured()
    const connector = checkConnector(imported)
    expect(imported.testOperation).toBe('me')
    const auth = {
      kind: 'apiKey',
      method: imported.auth[0]?.id ?? '',
      apiKey: 'test',
      fields: { b: 'x', region: 'us' },
    } as const
    await withStub(
      () => ({ status: 401 }),
      async (baseUrl) => {
        await expect(testConnection(connector, { auth, baseUrl })).rejects.toMatchObject({ kind: 'authentication' })
      },
    )
    const baseUrl = connector.api?.baseUrl
    expect(typeof baseUrl === 'function' && baseUrl(auth)).toBe('https://us.secured.test/v1')
    expect(connector.auth[0]?.fields?.safeParse({ b: 'x' }).data).toEqual({ b: 'x', region: 'eu' })
    expect(connector.auth[0]?.fields?.safeParse({ b: 'x', region: 'evil' }).success).toBe(false)
    expect(connector.auth[0]?.secretFields).toEqual(['b'])
  })
})

describe('a registry entry', () => {
  it('reads what is stored when the connector is first needed', async () => {
    const stored: unknown = JSON.parse(JSON.stringify(await importList([], list)))
    let reads = 0
    const entry = importedRegistryEntry({ id: 'lists', version: '1.0.0' }, async () => {
      reads++
      return stored
    })
    expect(reads).toBe(0)
    expect((await entry.load()).connector).toMatchObject({ id: 'lists', version: '1.0.0', connection: 'none' })
    await expect(importedRegistryEntry(entry, async () => ({})).load()).rejects.toMatchObject({
      code: 'openapi.not_imported',
    })
  })

  it('makes actions one by one', async () => {
    const connector = toConnector(await importList([], list))
    expect(Object.keys(connector.actions)).toEqual(['list'])
    expect(connector.actions['list']).toBe(connector.actions['list'])
  })
})
