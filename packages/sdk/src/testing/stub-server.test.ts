import { defineConnector } from '@inlay/sdk/connector'
import { afterEach, describe, expect, it } from 'vitest'
import { createTestStores, type StubRoutes, type StubServer, startStubServer, withTestContext } from './index.js'

const acme = defineConnector({
  id: 'acme',
  version: '1.0.0',
  name: 'Acme',
  description: 'Orders.',
  auth: { kind: 'bearer' },
  api: { baseUrl: 'https://api.acme.test/v1', origins: ['https://upload.acme.test'] },
})
const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }

let stub: StubServer
afterEach(() => stub.close())

async function ask(routes: StubRoutes, url: string, more: object = {}) {
  stub = await startStubServer(routes)
  const options = { auth, baseUrl: stub.url, origins: { 'https://upload.acme.test': `${stub.url}/upload` } }
  return withTestContext(acme, options, ({ http }) => http.request({ url, ...more }))
}

describe('a stub', () => {
  it('takes the place of the service, credentials included', async () => {
    await ask({ 'POST /orders': { json: { ok: true } } }, '/orders', { method: 'POST', json: { id: 'A' } })
    const [request] = stub.requests
    expect(request).toMatchObject({ url: '/orders', headers: { authorization: 'Bearer test-token' } })
    expect(request?.json()).toEqual({ id: 'A' })
    expect(Buffer.from(request?.bytes ?? []).toString()).toBe('{"id":"A"}')
  })

  it('takes the place of further origins too, as signed for them', async () => {
    await ask({ 'GET /upload/files': { text: 'ok' } }, 'https://upload.acme.test/files?a=1')
    expect(stub.requests[0]).toMatchObject({
      url: '/upload/files?a=1',
      headers: { authorization: 'Bearer test-token' },
    })
    expect(stub.requests[0]?.form().get('a')).toBe('1')
  })

  it('answers bytes, late, or with what its handler threw', async () => {
    const answer = await ask({ 'GET /x': { bytes: Buffer.from([1, 2]), delayMs: 5 } }, '/x')
    expect([...answer.bytes]).toEqual([1, 2])
    await stub.close()
    const routes: StubRoutes = {
      'GET /x': () => {
        throw new Error('mistake in the test')
      },
    }
    expect(await ask(routes, '/x')).toMatchObject({ status: 500, text: expect.stringContaining('mistake in the test') })
  })

  it.each(['reset', 'cut'] as const)('drops the connection: %s', async (failure) => {
    await expect(ask({ 'GET /x': failure }, '/x')).rejects.toMatchObject({ kind: 'communication' })
  })
})

it('stores of tests have the bounds of real ones', async () => {
  stub = await startStubServer({})
  const { customer, workflow } = createTestStores()
  await customer.set('a', { n: 1 })
  await customer.set('gone', 1, { ttlMs: 0 })
  expect(await Promise.all([customer.get('a'), customer.get('gone'), workflow.get('a')])).toEqual([
    { n: 1 },
    undefined,
    undefined,
  ])
  await customer.delete('a')
  expect(await customer.get('a')).toBeUndefined()
  await expect(customer.set('', 1)).rejects.toMatchObject({ kind: 'limit' })
  await expect(customer.set('big', 'x'.repeat(70_000))).rejects.toMatchObject({ kind: 'limit' })
})
