import { describe, expect, it } from 'vitest'
import type {
  ApiKeyAuth,
  AuthMethod,
  AuthValues,
  Connector,
  HttpClient,
  HttpRequest,
  HttpResponse,
} from '../contracts/connector.js'
import { createServiceClient } from './service-client.js'
import { signRequest } from './sign-request.js'

const BEARER: AuthMethod = { id: 'token', name: 'Token', kind: 'bearer' }
const KEY: ApiKeyAuth = { id: 'key', name: 'Key', kind: 'apiKey' }
const AUTH: AuthValues = { kind: 'bearer', token: 'test-token', fields: { shop: 'acme' } }
const SIGNED = 'Bearer test-token'

function connectorOf(auth: readonly AuthMethod[], api?: Connector['api']): Connector {
  return {
    ...{ id: 'shop', version: '1.0.0', name: 'Shop', description: '', categories: [] },
    ...{ auth, connection: 'required' as const, actions: {}, triggers: {} },
    ...(api === undefined ? {} : { api }),
  }
}

/** A door that answers one status after the other, and tells what it was asked for. */
function world(api: Connector['api'], { statuses = [], auth = AUTH }: { statuses?: number[]; auth?: AuthValues } = {}) {
  const asked: HttpRequest[] = []
  const http: HttpClient = {
    request: async (request): Promise<HttpResponse> => {
      asked.push(request)
      return { status: statuses.shift() ?? 200, headers: {}, text: '', bytes: new Uint8Array(), json: () => null }
    },
  }
  const connector = connectorOf([BEARER], api)
  const open = (renew?: () => Promise<AuthValues | undefined>) =>
    createServiceClient({ connector, auth, http, ...(renew === undefined ? {} : { renew }) })
  return { asked, open }
}

describe("a service's own client", () => {
  const api = {
    baseUrl: 'https://api.example.com/v2/',
    origins: ['https://uploads.example.com'],
    headers: { 'x-v': '2' },
  }

  it.each([
    ['/orders?a=1', 'https://api.example.com/v2/orders?a=1'],
    ['//evil.example/a', 'https://api.example.com/v2//evil.example/a'],
    ['/@evil.example', 'https://api.example.com/v2/@evil.example'],
    ['/\\evil.example', 'https://api.example.com/v2//evil.example'],
    ['https://api.example.com/other', 'https://api.example.com/other'],
    ['https://API.example.com:443/other', 'https://api.example.com/other'],
    ['https://uploads.example.com/u', 'https://uploads.example.com/u'],
  ])('calls %s as %s, with credentials', async (url, called) => {
    const { asked, open } = world(api)
    await open().request({ url })
    expect(asked).toEqual([{ url: called, headers: { 'x-v': '2', authorization: SIGNED } }])
  })

  it.each([
    'https://evil.example/',
    'http://api.example.com/v2/orders',
    'https://api.example.com:8443/v2/orders',
    'https://api.example.com.evil.example/',
    'https://evil.example/https://api.example.com/v2',
    'not a URL',
  ])('sends no credentials to %s', async (url) => {
    const { asked, open } = world(api)
    await open().request({ url, headers: { accept: '*/*' } })
    expect(asked).toEqual([{ url, headers: { accept: '*/*' } }])
  })

  it("is at the address that the account's settings make", async () => {
    const { asked, open } = world({ baseUrl: ({ fields }) => `https://${fields['shop']}.example.com` })
    await open().request({ url: '/orders' })
    expect(asked[0]?.url).toBe('https://acme.example.com/orders')
    const nowhere = world({ baseUrl: () => 'https://not a host' })
    await expect(nowhere.open().request({ url: '/orders' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('asks once more with renewed credentials when OAuth tokens were refused', async () => {
    const auth: AuthValues = { kind: 'oauth2', accessToken: 'old', scopes: [], extra: {}, fields: {} }
    const { asked, open } = world(api, { statuses: [401, 200, 401, 401], auth })
    let renewals = 0
    const client = open(async () => ({ ...auth, accessToken: `new-${++renewals}` }))
    expect((await client.request({ url: '/a' })).status).toBe(200)
    // Refused again, and with what was just renewed: it is not tried for ever.
    expect((await client.request({ url: '/b' })).status).toBe(401)
    const tokens = asked.map(({ headers }) => headers?.['authorization'])
    expect(tokens).toEqual(['Bearer old', 'Bearer new-1', 'Bearer new-1', 'Bearer new-2'])
  })

  it('gives the refusal when there is nothing to renew', async () => {
    expect(
      (
        await world(api, { statuses: [401] })
          .open(async () => AUTH)
          .request({ url: '/a' })
      ).status,
    ).toBe(401)
    const auth: AuthValues = { kind: 'oauth2', accessToken: 'old', scopes: [], extra: {}, fields: {} }
    const { asked, open } = world(api, { statuses: [401], auth })
    expect((await open(async () => undefined).request({ url: '/a' })).status).toBe(401)
    expect(asked).toHaveLength(1)
  })

  it('is the door itself where a connector names no API', async () => {
    const { asked, open } = world(undefined)
    await open().request({ url: 'https://api.example.com/' })
    expect(asked).toEqual([{ url: 'https://api.example.com/' }])
  })
})

describe('credentials on a request', () => {
  const request: HttpRequest = { url: 'https://api.example.com/', headers: { Authorization: 'mine', accept: '*/*' } }
  const key: AuthValues = { kind: 'apiKey', apiKey: 'test-key', fields: {} }
  const basic: AuthValues = { kind: 'basic', username: 'käthe', password: 'a:b', fields: {} }

  it.each<[string, AuthMethod, AuthValues, Partial<HttpRequest>]>([
    ['none', BEARER, { kind: 'none', fields: {} }, request],
    ['bearer', BEARER, AUTH, { headers: { accept: '*/*', authorization: SIGNED } }],
    [
      'basic',
      { id: 'basic', name: 'Basic', kind: 'basic' },
      basic,
      { headers: { accept: '*/*', authorization: `Basic ${Buffer.from('käthe:a:b').toString('base64')}` } },
    ],
    ['apiKey', KEY, key, { headers: { ...request.headers, 'x-api-key': 'test-key' } }],
    [
      'apiKey with a place of its own',
      { ...KEY, placement: { in: 'header', name: 'Authorization', prefix: 'Key ' } },
      key,
      { headers: { accept: '*/*', Authorization: 'Key test-key' } },
    ],
    ['apiKey in the query', { ...KEY, placement: { in: 'query', name: 'k' } }, key, { query: { k: 'test-key' } }],
  ])('of kind %s stand where the service looks for them, once', async (_kind, method, auth, expected) => {
    expect(await signRequest(connectorOf([method]), request, { auth })).toEqual({ ...request, ...expected })
  })

  it("are put on by the connector's own code where it has some, as the way says that the account was connected by", async () => {
    const sign = (given: HttpRequest): HttpRequest => ({ ...given, headers: { 'x-signature': 'mine' } })
    const own: AuthMethod = { ...BEARER, id: 'own', sign }
    const connector = connectorOf([BEARER, own])
    const signed = await signRequest(connector, request, { auth: { ...AUTH, method: 'own' } })
    expect(signed.headers).toEqual({ 'x-signature': 'mine' })
    expect((await signRequest(connector, request, { auth: { ...AUTH, method: 'token' } })).headers).toMatchObject({
      authorization: SIGNED,
    })
  })

  it('of a custom kind need such code', async () => {
    const custom: AuthValues = { kind: 'custom', method: 'own', fields: {} }
    await expect(signRequest(connectorOf([]), request, { auth: custom })).rejects.toMatchObject({ kind: 'bug' })
  })
})
