/** Which triggers on events of whole apps are carried, and what becomes of a delivery: with a piece written for it. */
import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { AuthValues, Connector, JsonValue } from '@inlay/sdk/connector'
import { accountOf, deliverAppEvent, parseAppEvent } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPieceConnector, createPieceHost } from './index.js'
import { APP_PIECE, installFixturePiece } from './testing/fixture-piece.js'

const { folder, reference } = installFixturePiece(APP_PIECE)
const host = createPieceHost({ folderOf: () => folder })
let connector: Connector

beforeAll(async () => {
  connector = await createPieceConnector({ piece: reference, host, id: 'shop' })
})
afterAll(async () => {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

const URL_OF_APP = 'https://hooks.example/app/1'
const sign = (text: string, secret = 'test-secret') => createHmac('sha256', secret).update(text).digest('hex')
const authOf = (extra: Record<string, JsonValue>): AuthValues => ({
  ...{ kind: 'oauth2', accessToken: 'test-token', scopes: [], extra },
  // What customers write must not say whose events they hear.
  fields: { shop: 'another', shop_id: 'another' },
})

function deliver(json: JsonValue, { secret = 'test-secret', headers }: { secret?: string; headers?: object } = {}) {
  const rawBody = JSON.stringify(json)
  const signature = { 'x-signature': sign(`${URL_OF_APP}${rawBody}`) }
  const request = {
    url: URL_OF_APP,
    rawBody,
    headers: { 'content-type': 'application/json', ...signature, ...headers },
  }
  return deliverAppEvent(connector, { settings: { webhookSecret: secret }, request })
}

const ORDER = { type: 'ordered', shop: { id: 's1' }, total: 5 }

describe('a trigger on events of a whole app', () => {
  it('is carried when it takes the account from what the token endpoint told, and does nothing else', () => {
    expect(connector.triggers).toMatchObject({ ordered: { kind: 'appWebhook', events: ['ordered'] } })
    expect(Object.keys(connector.triggers)).toEqual(['ordered'])
  })

  it.each([
    ['everyone', 'it does not say whose events it listens to'],
    ['asked', 'it does more than name its events (fetch failed)'],
    ['chosen', 'it needs "shop" of its own form'],
    ['written', 'it needs "props" of the connection'],
    ['signed', 'it needs "access_token" of the connection'],
    ['kept', 'it needs "store" of its context'],
  ])('is left out, with the reason: %s, because %s', (name, why) => {
    expect(connector.docs).toContain(`- trigger "${name}": APP_WEBHOOK; ${why}`)
  })

  it('makes items of events of its account, with its form and the account', async () => {
    const heard = await deliver(ORDER)
    const [event] = heard.kind === 'events' ? heard.events : []
    const given = { event: event ?? expect.unreachable(), auth: authOf({ shop_id: 's1' }) }
    const items = await parseAppEvent(connector, 'ordered', { ...given, input: {} })
    expect(items).toMatchObject([{ data: { ...ORDER, by: 'test-token' } }])
    expect(await parseAppEvent(connector, 'ordered', { ...given, input: { least: 6 } })).toEqual([])
  })
})

describe('an account whose events are heard', () => {
  it.each([
    [{ shop: { id: 's1' } }, 's1'],
    [{ shop_id: 7 }, '7'],
  ])('is the one that the token endpoint named in %j', async (extra, id) => {
    expect(await accountOf(connector, { auth: authOf(extra) })).toEqual({ id, label: id })
  })

  it('is not connected when the token endpoint named none', async () => {
    await expect(accountOf(connector, { auth: authOf({}) })).rejects.toMatchObject({ kind: 'authorization' })
  })
})

describe('a delivery to the one address of an app', () => {
  it('becomes an event of the account that it names, under one id however often it is sent', async () => {
    const first = await deliver(ORDER)
    expect(first).toMatchObject({ kind: 'events', events: [{ name: 'ordered', account: 's1' }] })
    expect(await deliver(ORDER)).toEqual(first)
  })

  it('is refused when the piece does not find it signed with the secret of the app', async () => {
    expect(await deliver(ORDER, { headers: { 'x-signature': sign('other') } })).toEqual({ kind: 'refused' })
    expect(await deliver(ORDER, { secret: 'another-secret' })).toEqual({ kind: 'refused' })
    // The piece's code throws for this one.
    const unsigned = deliverAppEvent(connector, {
      settings: { webhookSecret: 'test-secret' },
      request: { json: ORDER },
    })
    expect(await unsigned).toEqual({ kind: 'refused' })
    expect(await deliver(ORDER, { secret: '', headers: { 'x-signature': sign(JSON.stringify(ORDER), '') } })).toEqual({
      kind: 'refused',
    })
  })

  it('is answered when it is a question, and tells of nothing when the piece makes nothing of it', async () => {
    const answer = { headers: { 'content-type': 'text/plain' }, body: 'c-1' }
    expect(await deliver({ challenge: 'c-1' })).toEqual({ kind: 'answered', answer })
    for (const odd of [null, [], 'text', { type: 'ordered' }, { type: 7, shop: { id: 's1' } }]) {
      expect(await deliver(odd)).toEqual({ kind: 'events', events: [] })
    }
  })
})
