import { generateKeyPairSync, sign } from 'node:crypto'
import {
  createTestFiles,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'

let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(
    ({ method, url }) =>
      answers[`${method} ${url.split('?')[0]}`] ?? { status: 404, json: { errors: [{ message: 'not found' }] } },
  )
})
afterAll(() => stub.close())

const auth = { kind: 'bearer' as const, token: 'test-key', fields: { region: 'global' } }
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, auth, baseUrl: stub.url, ...more })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '')
const mail = { from: 'shop@example.com', to: ['kim@example.com'] }

describe('sendgrid', () => {
  it('sends a mail with attachments', async () => {
    answers = { 'POST /v3/mail/send': { status: 202, headers: { 'x-message-id': 'm1' } } }
    const files = createTestFiles()
    const file = await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('hi') })
    const input = {
      ...mail,
      cc: ['lee@example.com'],
      subject: 'S',
      text: 'T',
      html: '<p>T</p>',
      attachments: [file],
      sendAt: '2026-04-10T20:09:31Z',
    }
    expect(await run('sendMail', input, { files })).toEqual({ messageId: 'm1' })
    expect(stub.requests.at(-1)?.headers.authorization).toBe('Bearer test-key')
    expect(sent()).toEqual({
      personalizations: [{ to: [{ email: 'kim@example.com' }], cc: [{ email: 'lee@example.com' }] }],
      from: { email: 'shop@example.com' },
      subject: 'S',
      content: [
        { type: 'text/plain', value: 'T' },
        { type: 'text/html', value: '<p>T</p>' },
      ],
      attachments: [{ content: 'aGk=', type: 'text/plain', filename: 'a.txt', disposition: 'attachment' }],
      send_at: 1775851771,
    })
    await expect(run('sendMail', { ...mail, subject: 'S' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('sends a template with data, and lists templates', async () => {
    answers = {
      'POST /v3/mail/send': { status: 202 },
      'GET /v3/templates': {
        json: {
          result: [{ id: 'd-1', name: 'Order', generation: 'dynamic' }],
          _metadata: { next: 'https://api.sendgrid.com/v3/templates?page_token=n', count: 2 },
        },
      },
    }
    expect(await run('sendTemplate', { ...mail, template: 'd-1', data: { n: 1 } })).toEqual({ messageId: null })
    expect(sent()).toMatchObject({ template_id: 'd-1', personalizations: [{ dynamic_template_data: { n: 1 } }] })
    expect(await loadOptions(connector, { of: 'sendTemplate', field: 'template', auth, baseUrl: stub.url })).toEqual({
      options: [{ value: 'd-1', label: 'Order' }],
      nextCursor: 'n',
    })
  })

  it('keeps contacts', async () => {
    const contact = { id: 'c', email: 'kim@example.com', first_name: 'Kim', list_ids: ['l'] }
    answers = {
      'PUT /v3/marketing/contacts': { status: 202, json: { job_id: 'j' } },
      'POST /v3/marketing/contacts/search/emails': { json: { result: { 'kim@example.com': { contact } } } },
      'DELETE /v3/suppression/bounces/kim%40example.com': { status: 204 },
    }
    expect(
      await run('addContacts', { lists: ['l'], contacts: [{ email: 'kim@example.com', firstName: 'Kim' }] }),
    ).toEqual({ jobId: 'j' })
    expect(sent()).toEqual({ list_ids: ['l'], contacts: [{ email: 'kim@example.com', first_name: 'Kim' }] })
    expect(await run('findContact', { email: 'kim@example.com' })).toEqual({ contact })
    expect(await run('removeSuppression', { email: 'kim@example.com' })).toEqual({})
    answers = {}
    expect(await run('findContact', { email: 'nobody@example.com' })).toEqual({ contact: null })
  })

  const refusal = (status: number, headers = {}, field: string | null = null): StubAnswer => ({
    status,
    headers,
    json: { errors: [{ message: 'Because.', field, help: null }] },
  })

  it.each<[string, StubAnswer, object]>([
    ['a wrong key', refusal(401), { kind: 'authentication', detail: 'Because.' }],
    ['a missing scope', refusal(403), { kind: 'authorization' }],
    ['a wrong field', refusal(400, {}, 'from.email'), { kind: 'rejected', detail: 'from.email: Because.' }],
    ['its rate limit', refusal(429, { 'x-ratelimit-reset': '1' }), { kind: 'rate_limited', retryAfterMs: 0 }],
    ['a broken server', { status: 500, text: '<html>' }, { kind: 'communication', retryable: true }],
  ])('understands %s', async (_, answer, error) => {
    answers = { 'POST /v3/mail/send': answer, 'GET /v3/scopes': answer }
    await expect(run('sendMail', { ...mail, subject: 'S', text: 'T' })).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject(error)
  })

  const keys = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const publicKey = keys.publicKey.toString('base64')
  const input = { events: ['bounce' as const, 'spam_report' as const] }

  it('registers a signed webhook of its own, and removes it twice', async () => {
    answers = {
      // As documented, with one that an earlier attempt left behind.
      'GET /v3/user/webhooks/event/settings/all': {
        json: {
          max_allowed: 5,
          webhooks: [
            { id: 'old', url: 'https://hooks.test/hooks/token', enabled: true },
            { id: 'other', url: 'https://emaildelivery.example.com', enabled: true },
          ],
        },
      },
      'DELETE /v3/user/webhooks/event/settings/old': { status: 204 },
      'POST /v3/user/webhooks/event/settings': { status: 201, json: { id: 'w1', enabled: true } },
      'PATCH /v3/user/webhooks/event/settings/signed/w1': { json: { id: 'w1', public_key: publicKey } },
      'DELETE /v3/user/webhooks/event/settings/w1': { status: 204 },
    }
    const options = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'mailEvent', options)
    expect(registered.registration).toEqual({ id: 'w1', publicKey })
    expect(JSON.parse(stub.requests.at(-2)?.body ?? '')).toMatchObject({
      url: registered.webhookUrl,
      bounce: true,
      open: false,
    })
    await unregisterTrigger(connector, 'mailEvent', { ...options, ...registered })
    answers = {}
    await unregisterTrigger(connector, 'mailEvent', { ...options, ...registered })
  })

  it('takes what SendGrid signed lately, and nothing else', async () => {
    const now = 1_775_851_771_000
    const events = [
      { event: 'spamreport', email: 'kim@example.com', timestamp: 1775851770, sg_event_id: 'e1', sg_message_id: 'm1' },
      { event: 'open', email: 'kim@example.com', timestamp: 1775851770, sg_event_id: 'e2' },
    ]
    const rawBody = JSON.stringify(events)
    const deliver = (timestamp: string, body = rawBody, registration: object = { publicKey }) =>
      deliverWebhook(connector, 'mailEvent', {
        input,
        now,
        registration: registration as never,
        request: {
          rawBody: body,
          headers: {
            'x-twilio-email-event-webhook-timestamp': timestamp,
            'x-twilio-email-event-webhook-signature': sign(
              'sha256',
              Buffer.from(timestamp + rawBody),
              keys.privateKey,
            ).toString('base64'),
          },
        },
      })
    expect(await deliver('1775851771')).toMatchObject({
      kind: 'items',
      items: [{ id: 'e1', data: { event: 'spam_report', at: '2026-04-10T20:09:30.000Z', messageId: 'm1' } }],
    })
    expect(await deliver('1775851771', `${rawBody} `)).toEqual({ kind: 'refused' })
    expect(await deliver('1775840000')).toEqual({ kind: 'refused' })
    expect(await deliver('1775851771', rawBody, {})).toEqual({ kind: 'refused' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
