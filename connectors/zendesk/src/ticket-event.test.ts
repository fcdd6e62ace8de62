import { createHmac } from 'node:crypto'
import {
  deliverWebhook,
  registerTrigger,
  type StubServer,
  startStubServer,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'

const WEBHOOK = '/api/v2/webhooks/01EJFTSCC78X5V07NPY2MHR00M'
let stub: StubServer
let known: { id: string; endpoint: string }[] = []
beforeAll(async () => {
  stub = await startStubServer({
    'GET /api/v2/webhooks': () => ({ json: { webhooks: known, meta: { has_more: false } } }),
    'POST /api/v2/webhooks': { status: 201, json: { webhook: { id: '01EJFTSCC78X5V07NPY2MHR00M' } } },
    [`GET ${WEBHOOK}/signing_secret`]: { json: { signing_secret: { algorithm: 'SHA256', secret: 'test-signing' } } },
    'DELETE /api/v2/webhooks/old': { status: 204 },
    [`DELETE ${WEBHOOK}`]: { status: 404, json: { errors: [{ code: 'WebhookNotFound', title: 'Not found' }] } },
  })
})
afterAll(() => stub.close())

const auth = { kind: 'basic' as const, username: 'a@b.example', password: 'test', fields: { subdomain: 'acme' } }
const input = { events: ['ticket.status_changed'] }
const now = Date.parse('2026-04-01T10:05:02Z')

/** As in Zendesk's documentation: numbers as texts, words in capital letters. */
const body = {
  account_id: 22129848,
  id: '2b24ef10-19d5-4740-93cf-5f98ec4776c0',
  type: 'zen:event-type:ticket.status_changed',
  time: '2026-04-01T10:05:00Z',
  subject: 'zen:ticket:12345',
  zendesk_event_version: '2022-11-06',
  detail: {
    actor_id: '8447388090494',
    assignee_id: '',
    brand_id: '8447346621310',
    created_at: '2026-04-01T10:00:00Z',
    custom_status: '8447320465790',
    description: 'ticket_desc_1',
    external_id: null,
    form_id: '8646151517822',
    group_id: '8447320466430',
    id: '12345',
    is_public: true,
    organization_id: '8447346622462',
    priority: 'LOW',
    requester_id: '8447388090494',
    status: 'OPEN',
    subject: 'ticket_subject_1',
    submitter_id: '8447388090494',
    tags: ['tag01', 'tag02'],
    type: 'TASK',
    updated_at: '2026-04-01T10:05:00Z',
    via: { channel: 'web_service' },
  },
  event: { current: 'OPEN', previous: 'NEW', meta: { sequence: { id: 'x', position: 1 } } },
}
const rawBody = JSON.stringify(body)
const sign = (sentAt: string, secret = 'test-signing') => ({
  'x-zendesk-webhook-signature-timestamp': sentAt,
  'x-zendesk-webhook-signature': createHmac('sha256', secret).update(`${sentAt}${rawBody}`).digest('base64'),
})
const deliver = (headers: Record<string, string>, wanted: object = input) =>
  deliverWebhook(connector, 'ticketEvent', {
    input: wanted,
    registration: { id: 'x', secret: 'test-signing' },
    now,
    request: { headers, rawBody },
  })

describe('ticketEvent', () => {
  it('registers a webhook for the chosen events, once, and removes it', async () => {
    known = [
      { id: 'old', endpoint: 'https://hooks.test/hooks/token' },
      { id: 'other', endpoint: 'https://elsewhere.example' },
    ]
    const place = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'ticketEvent', place)
    expect(registered.registration).toEqual({ id: '01EJFTSCC78X5V07NPY2MHR00M', secret: 'test-signing' })
    expect(stub.requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
      'GET /api/v2/webhooks',
      'DELETE /api/v2/webhooks/old',
      'POST /api/v2/webhooks',
      `GET ${WEBHOOK}/signing_secret`,
    ])
    expect(stub.requests[2]?.json()).toMatchObject({
      webhook: {
        endpoint: 'https://hooks.test/hooks/token',
        http_method: 'POST',
        request_format: 'json',
        status: 'active',
        subscriptions: ['zen:event-type:ticket.status_changed'],
      },
    })
    await unregisterTrigger(connector, 'ticketEvent', { ...place, ...registered })
    expect(stub.requests.at(-1)).toMatchObject({ method: 'DELETE', url: WEBHOOK })
  })

  it('tells the ticket in the same words as actions do, once per event', async () => {
    const delivered = await deliver(sign('2026-04-01T10:05:00Z'))
    expect(delivered).toMatchObject({
      kind: 'items',
      items: [
        {
          id: body.id,
          data: {
            event: 'ticket.status_changed',
            ticket: {
              id: 12345,
              status: 'open',
              priority: 'low',
              type: 'task',
              assignee_id: null,
              tags: ['tag01', 'tag02'],
            },
            change: { current: 'OPEN', previous: 'NEW' },
          },
        },
      ],
    })
    expect(await deliver(sign('2026-04-01T10:05:00Z'), {})).toEqual({ kind: 'items', items: [] })
  })

  it('refuses what is signed wrongly, long ago, or not at all', async () => {
    expect(await deliver(sign('2026-04-01T10:05:00Z', 'other'))).toEqual({ kind: 'refused' })
    expect(await deliver(sign('2026-04-01T09:05:00Z'))).toEqual({ kind: 'refused' })
    expect(await deliver({})).toEqual({ kind: 'refused' })
    expect(await deliver(sign('soon'))).toEqual({ kind: 'refused' })
  })
})
