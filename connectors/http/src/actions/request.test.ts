import type { AuthValues } from '@inlay/sdk/connector'
import { runAction, type StubServer, startStubServer } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from '../connector.js'

let stub: StubServer

beforeAll(async () => {
  stub = await startStubServer(({ url }) => {
    if (url === '/hang') return 'hang'
    if (url === '/busy') return { status: 429, headers: { 'retry-after': '3' }, text: 'slow down' }
    if (url === '/missing') return { status: 404, json: { error: 'no such order' } }
    if (url === '/broken') return { headers: { 'content-type': 'application/json' }, text: '{"a":' }
    if (url === '/secret') return { status: 401 }
    if (url === '/down') return { status: 503 }
    if (url === '/text') return { text: 'plain' }
    return { json: { ok: true } }
  })
})
afterAll(() => stub.close())

const send = (path: string, more: object = {}): Promise<unknown> =>
  runAction(connector, 'request', { input: { url: stub.url + path, ...more }, idempotencyKey: 'run_1/a/0' })

describe('http request', () => {
  it('gives status, headers and parsed body', async () => {
    expect(await send('/ok')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: { ok: true },
    })
    expect(await send('/text')).toMatchObject({ body: 'plain' })
    expect(await send('/broken')).toMatchObject({ body: '{"a":' })
  })

  it.each<[string, object, string, string]>([
    ['data as JSON', { body: { a: 1 } }, '{"a":1}', 'application/json'],
    ['text as text', { body: 'hi' }, 'hi', 'text/plain; charset=utf-8'],
    ['a form', { body: { a: 'x y', b: 2 }, bodyType: 'form' }, 'a=x+y&b=2', 'application/x-www-form-urlencoded'],
    ['data as text', { body: [1], bodyType: 'text' }, '[1]', 'text/plain; charset=utf-8'],
  ])('sends %s', async (_name, more, body, type) => {
    await send('/in', { method: 'POST', ...more })
    expect(stub.requests.at(-1)).toMatchObject({ method: 'POST', body, headers: { 'content-type': type } })
  })

  it.each<[object, object]>([
    [{ type: 'bearer', token: 't' }, { authorization: 'Bearer t' }],
    [{ type: 'basic', username: 'u', password: 'p' }, { authorization: 'Basic dTpw' }],
    [{ type: 'header', name: 'X-Key', value: 'k' }, { 'x-key': 'k' }],
  ])('authenticates with %j', async (auth, headers) => {
    await send('/auth', { auth })
    expect(stub.requests.at(-1)?.headers).toMatchObject(headers)
  })

  it('sends an idempotency key with what changes something, and with nothing else', async () => {
    await send('/a', { method: 'DELETE' })
    expect(stub.requests.at(-1)?.headers['idempotency-key']).toBe('run_1/a/0')
    await send('/a?b=1', { query: { c: 2 }, headers: { 'X-A': 'b', 'X-N': 7 } })
    expect(stub.requests.at(-1)).toMatchObject({ url: '/a?b=1&c=2', headers: { 'x-a': 'b', 'x-n': '7' } })
    expect(stub.requests.at(-1)?.headers['idempotency-key']).toBeUndefined()
  })

  it.each<[string, object, object]>([
    ['/busy', {}, { kind: 'rate_limited', retryAfterMs: 3000 }],
    ['/missing', {}, { kind: 'rejected', detail: expect.stringContaining('no such order') }],
    ['/secret', {}, { kind: 'authentication' }],
    ['/down', {}, { kind: 'communication', retryable: true }],
    ['/x', { headers: { host: 'other' } }, { kind: 'validation' }],
    ['/hang', { timeoutSeconds: 0.1 }, { kind: 'timeout' }],
    ['/x', { method: 'BREW' }, { kind: 'validation' }],
  ])('fails on %s with %j as %j', async (path, more, error) => {
    await expect(send(path, more)).rejects.toMatchObject(error)
  })

  it.each<[AuthValues, object]>([
    [{ kind: 'bearer', token: 't', fields: {} }, { authorization: 'Bearer t' }],
    [{ kind: 'basic', username: 'u', password: 'p', fields: {} }, { authorization: 'Basic dTpw' }],
    [{ kind: 'apiKey', apiKey: 'k', fields: { header: 'X-Key' } }, { 'x-key': 'k' }],
  ])('shows the credentials of a connection to its own service alone: $0.kind', async (connected, headers) => {
    const auth = { ...connected, fields: { ...connected.fields, baseUrl: stub.url } }
    await runAction(connector, 'request', { input: { url: '/orders' }, auth })
    expect(stub.requests.at(-1)).toMatchObject({ url: '/orders', headers })
    const elsewhere = {
      input: { url: stub.url },
      auth: { ...auth, fields: { ...auth.fields, baseUrl: 'https://a.test' } },
    }
    await runAction(connector, 'request', elsewhere)
    expect(stub.requests.at(-1)?.headers).not.toMatchObject(headers)
  })

  it('needs a connection for a path', async () => {
    const called = runAction(connector, 'request', { input: { url: '/orders' } })
    await expect(called).rejects.toMatchObject({ kind: 'validation', detail: expect.stringContaining('whole URL') })
  })

  it('gives an error status as a result when asked to', async () => {
    expect(await send('/missing', { failOnError: false })).toMatchObject({
      status: 404,
      body: { error: 'no such order' },
    })
  })
})
