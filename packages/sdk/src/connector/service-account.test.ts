import { generateKeyPairSync } from 'node:crypto'
import { type AuthValues, createServiceClient, type HttpRequest, type HttpResponse } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { defineConnector, serviceAccountAuth } from './index.js'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const private_key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const key = JSON.stringify({ client_email: 'robot@acme.example', private_key })
const auth: AuthValues = { kind: 'custom', method: 'serviceAccount', fields: { key } }

/** A service that gives tokens, and refuses those that it was told to. */
function world() {
  const connector = defineConnector({
    ...{ id: 'acme', version: '1.0.0', name: 'Acme', description: 'Acme.', api: { baseUrl: 'https://api.acme.test' } },
    auth: serviceAccountAuth({ service: 'Acme', tokenUrl: 'https://login.acme.test/token', scopes: ['read', 'write'] }),
  })
  const exchanges: HttpRequest[] = []
  const carried: unknown[] = []
  const refused = new Set<unknown>()
  const answer = (request: HttpRequest): [number, object] => {
    if (request.url === 'https://login.acme.test/token') {
      exchanges.push(request)
      return [200, { access_token: `test-token-${exchanges.length}`, expires_in: 3600 }]
    }
    const token = request.headers?.['authorization']
    carried.push(token)
    return [refused.has(token) ? 401 : 200, {}]
  }
  const http = {
    request: async (request: HttpRequest): Promise<HttpResponse> => {
      const [status, body] = answer(request)
      const text = JSON.stringify(body)
      return { status, text, headers: {}, bytes: Buffer.from(text), json: () => JSON.parse(text) }
    },
  }
  const call = () => createServiceClient({ connector, auth, http }).request({ url: '/orders' })
  return { call, exchanges, carried, refused }
}

describe('a service account', () => {
  it('gets one token for all of its calls, for the scopes that the connector names', async () => {
    const { call, exchanges, carried } = world()
    await call()
    await call()
    expect(carried).toEqual(['Bearer test-token-1', 'Bearer test-token-1'])
    expect(exchanges).toHaveLength(1)
    const [, claims = ''] = String(exchanges[0]?.form?.['assertion']).split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      ...{ iss: 'robot@acme.example', aud: 'https://login.acme.test/token', scope: 'read write' },
    })
  })

  it('gets another one when the service takes the first no more', async () => {
    const { call, carried, refused } = world()
    await call()
    refused.add('Bearer test-token-1')
    expect((await call()).status).toBe(200)
    expect(carried.slice(1)).toEqual(['Bearer test-token-1', 'Bearer test-token-2'])
  })
})
