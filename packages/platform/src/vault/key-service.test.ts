import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CustomerId, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sealKey, unsealKey } from './cipher.js'
import { createEnvironmentKeyWrapper, createHttpKeyWrapper, type KeyServiceOptions, openKeyWrapper } from './index.js'

const SECRET = 'test-signing-secret'
const owner = { tenantId: 'ten_a' as TenantId, customerId: 'cus_a' as CustomerId }
const key = randomBytes(32)

interface WrapRequest {
  readonly keyId: string
  readonly key: string
  readonly wrapped: string
  readonly context: typeof owner
}

/** A key service as the protocol describes it, over a real socket. */
class KeyService {
  readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(({ status, body }) => response.writeHead(status).end(JSON.stringify(body)))
  })
  readonly masters = new Map([['v1', randomBytes(32)]])
  current = 'v1'
  requests: string[] = []
  /** What is answered next, in place of the right answer. */
  instead: { status: number; body: unknown }[] = []

  private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const path = request.url ?? ''
    this.requests.push(path)
    const wrong = this.instead.shift()
    if (wrong !== undefined) return wrong
    if (!isSigned(request, path, text)) return { status: 401, body: {} }
    return this.work(path, JSON.parse(text) as WrapRequest)
  }

  private work(path: string, { keyId, key: plain, wrapped, context }: WrapRequest) {
    const master = { id: this.current, key: this.masters.get(this.current) ?? Buffer.alloc(0) }
    if (path === '/kms/current') return { status: 200, body: { keyId: this.current } }
    if (path === '/kms/wrap') {
      const bytes = sealKey(Buffer.from(plain, 'base64'), master, context)
      return { status: 200, body: { keyId: this.current, wrapped: bytes.toString('base64') } }
    }
    const named = this.masters.get(keyId)
    if (named === undefined) return { status: 404, body: { error: 'no such key' } }
    try {
      const opened = unsealKey(Buffer.from(wrapped, 'base64'), { id: keyId, key: named }, context)
      return { status: 200, body: { key: opened.toString('base64') } }
    } catch {
      return { status: 422, body: { error: 'does not open' } }
    }
  }
}

function isSigned(request: IncomingMessage, path: string, body: string): boolean {
  const timestamp = String(request.headers['x-inlay-timestamp'])
  const expected = createHmac('sha256', SECRET).update(`${timestamp}.${path}.${body}`).digest()
  const given = Buffer.from(String(request.headers['x-inlay-signature']).replace('v1=', ''), 'hex')
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300
  return isFresh && given.length === expected.length && timingSafeEqual(given, expected)
}

describe('a key service', () => {
  const service = new KeyService()
  let options: KeyServiceOptions

  beforeAll(async () => {
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has an AddressInfo.
    const { port } = service.server.address() as AddressInfo
    options = { url: `http://127.0.0.1:${port}/kms`, secret: SECRET }
  })

  beforeEach(() => {
    service.requests = []
  })

  afterAll(() => void service.server.close())

  it('wraps and unwraps for the owner alone', async () => {
    const wrapper = createHttpKeyWrapper(options)
    const wrapped = await wrapper.wrap(key, owner)
    expect(wrapped.keyId).toBe('kms:v1')
    expect(wrapped.bytes.includes(key)).toBe(false)
    expect((await wrapper.unwrap(wrapped, owner)).equals(key)).toBe(true)
    await expect(wrapper.unwrap(wrapped, { tenantId: owner.tenantId })).rejects.toMatchObject({ code: 'bug' })
  })

  it('is not answered without the signing secret', async () => {
    const stranger = createHttpKeyWrapper({ ...options, secret: 'another' })
    await expect(stranger.wrap(key, owner)).rejects.toThrow('refused "wrap" with status 401')
  })

  it('may rotate its keys: what is due is seen within a minute, and asked for once in that time', async () => {
    let now = Date.now()
    const wrapper = createHttpKeyWrapper({ ...options, nowMs: () => now })
    const old = await wrapper.wrap(key, owner)
    expect(await wrapper.currentKeyId()).toBe('kms:v1')
    service.masters.set('v2', randomBytes(32))
    service.current = 'v2'
    await wrapper.currentKeyId()
    expect(service.requests.filter((path) => path === '/kms/current')).toHaveLength(1)
    now += 61_000
    expect(await wrapper.currentKeyId()).toBe('kms:v2')
    const again = await wrapper.wrap(await wrapper.unwrap(old, owner), owner)
    service.masters.delete('v1')
    expect((await wrapper.unwrap(again, owner)).equals(key)).toBe(true)
    await expect(wrapper.unwrap(old, owner)).rejects.toThrow('status 404')
  })

  it('is asked again when it fails once, and is a reason to try later when it fails for longer', async () => {
    const wrapper = createHttpKeyWrapper(options)
    const wrapped = await wrapper.wrap(key, owner)
    service.instead = [{ status: 503, body: {} }]
    expect((await wrapper.unwrap(wrapped, owner)).equals(key)).toBe(true)
    service.instead = [
      { status: 503, body: {} },
      { status: 500, body: {} },
    ]
    await expect(wrapper.unwrap(wrapped, owner)).rejects.toMatchObject({ kind: 'communication', retryable: true })
    const nobody = createHttpKeyWrapper({ ...options, url: 'http://127.0.0.1:9/kms' })
    await expect(nobody.unwrap(wrapped, owner)).rejects.toMatchObject({ kind: 'communication' })
  })

  it.each([
    ['no JSON', '<html>'],
    ['another shape', { data: key.toString('base64') }],
    ['a key of another length', { key: Buffer.from('short').toString('base64') }],
  ])('that answers with %s is refused without quoting it', async (_what, body) => {
    const wrapper = createHttpKeyWrapper(options)
    const wrapped = await wrapper.wrap(key, owner)
    service.instead = [{ status: 200, body }]
    const failure = await wrapper.unwrap(wrapped, owner).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'bug' })
    expect(String(failure)).not.toContain(key.toString('base64'))
  })

  it("takes over from the environment's keys, which still open what they have wrapped", async () => {
    const masterKeys = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) }
    const old = await createEnvironmentKeyWrapper(masterKeys).wrap(key, owner)
    const wrapper = openKeyWrapper({ masterKeys, keyService: options })
    expect((await wrapper.unwrap(old, owner)).equals(key)).toBe(true)
    const moved = await wrapper.wrap(key, owner)
    expect(moved.keyId).toBe(await wrapper.currentKeyId())
    expect((await wrapper.unwrap(moved, owner)).equals(key)).toBe(true)
  })
})
