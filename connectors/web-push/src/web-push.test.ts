import { createECDH, createPublicKey, verify } from 'node:crypto'
import {
  accountOf,
  describeConnectorContract,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encryptMessage } from './encrypt-message.js'
import { connector } from './index.js'

/** The example of RFC 8291, appendix A. */
const RFC = {
  privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
  salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
  encrypted:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}
const PUSH = 'https://push.acme.example'

let stub: StubServer
let answer: StubAnswer = { status: 201 }
beforeAll(async () => {
  stub = await startStubServer(() => answer)
})
afterAll(() => stub.close())

const pair = createECDH('prime256v1')
pair.generateKeys()
const publicKey = pair.getPublicKey('base64url')
const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
  .subarray(-32)
  .toString('base64url')
const fields = { subject: 'mailto:push@acme.example', publicKey, privateKey }
const auth = { kind: 'custom' as const, method: 'vapid', fields }
const subscription = { endpoint: `${PUSH}/send/1`, keys: RFC.keys, expirationTime: null }
const run = (input: object, values = auth) =>
  runAction(connector, 'sendNotification', {
    input: { subscription, ...input },
    auth: values,
    origins: { [PUSH]: stub.url },
  })

describe('web push', () => {
  it('encrypts as the RFC shows', () => {
    const message = Buffer.from('When I grow up, I want to be a watermelon')
    expect(encryptMessage(message, RFC.keys, RFC).toString('base64url')).toBe(RFC.encrypted)
  })

  it('sends what the browser can read, signed with the keys of the sender', async () => {
    answer = { status: 201 }
    expect(await run({ title: 'Hi', ttl: 60, urgency: 'high', topic: 'order' })).toEqual({
      isDelivered: true,
      isGone: false,
    })
    const request = stub.requests.at(-1)
    expect(request).toMatchObject({
      method: 'POST',
      url: '/send/1',
      headers: { ttl: '60', urgency: 'high', topic: 'order', 'content-encoding': 'aes128gcm' },
    })
    const [, token = '', key] = /^vapid t=(.+), k=(.+)$/.exec(request?.headers.authorization ?? '') ?? []
    expect(key).toBe(publicKey)
    const [header = '', claims = '', signature = ''] = token.split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ aud: PUSH, sub: fields.subject })
    const point = Buffer.from(publicKey, 'base64url')
    const x = point.subarray(1, 33).toString('base64url')
    const y = point.subarray(33).toString('base64url')
    const jwk = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
    const signed = Buffer.from(`${header}.${claims}`)
    const proof = Buffer.from(signature, 'base64url')
    expect(verify('sha256', signed, { key: jwk, dsaEncoding: 'ieee-p1363' }, proof)).toBe(true)
  })

  it('tells that a subscription is gone instead of failing', async () => {
    for (const status of [404, 410]) {
      answer = { status }
      expect(await run({ title: 'Hi' })).toEqual({ isDelivered: false, isGone: true })
    }
  })

  it.each<[number, object]>([
    [403, { kind: 'authorization' }],
    [413, { kind: 'rejected' }],
    [429, { kind: 'rate_limited', retryAfterMs: 5000 }],
    [503, { kind: 'communication' }],
  ])('understands status %i', async (status, error) => {
    answer = { status, headers: { 'retry-after': '5' }, text: 'told so' }
    await expect(run({ title: 'Hi' })).rejects.toMatchObject(error)
  })

  it('refuses what cannot work before anything is sent', async () => {
    const sent = stub.requests.length
    const invalid = { kind: 'validation' }
    await expect(run({ body: 'x'.repeat(4000) })).rejects.toMatchObject(invalid)
    const plain = { ...subscription, endpoint: 'http://push.acme.example/1' }
    await expect(run({ subscription: plain })).rejects.toMatchObject(invalid)
    const keys = { ...RFC.keys, p256dh: 'A'.repeat(87) }
    await expect(run({ subscription: { ...subscription, keys } })).rejects.toMatchObject(invalid)
    expect(stub.requests).toHaveLength(sent)
  })

  it('tests the keys', async () => {
    await testConnection(connector, { auth })
    expect(await accountOf(connector, { auth })).toEqual({ id: publicKey, label: 'push@acme.example' })
    const other = { ...auth, fields: { ...fields, publicKey: RFC.keys.p256dh } }
    await expect(testConnection(connector, { auth: other })).rejects.toMatchObject({ kind: 'authentication' })
  })
})

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  auth,
  exceptions: {
    'sendNotification:malformed':
      'Push services answer by the status alone (RFC 8030); what the body holds is nothing.',
  },
})
