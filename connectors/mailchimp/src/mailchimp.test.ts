import {
  accountOf,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
  loadSchema,
  pollTrigger,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { baseUrlOf } from './auth.js'
import { connector } from './index.js'
import { sampleSubscriber } from './subscriber.js'

let stub: StubServer
let answers: Record<string, StubAnswer>
const missing = {
  status: 404,
  json: { title: 'Resource Not Found', status: 404, detail: 'None.', type: 'about:blank' },
}

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => answers[`${method} ${url.split('?')[0]}`] ?? missing)
})
afterAll(() => stub.close())

const auth = { kind: 'apiKey' as const, apiKey: 'test-us21', fields: {} }
const run = (action: string, input: object) => runAction(connector, action, { input, auth, baseUrl: stub.url })
const last = () => stub.requests.at(-1)
const sent = (back = 1) => JSON.parse(stub.requests.at(-back)?.body ?? '')
const query = () => Object.fromEntries(new URL(last()?.url ?? '', 'http://stub').searchParams)

// MD5 of kim@example.com.
const KIM = '/lists/aud1/members/669f75780c0de8df09debe82d62aa397'
const who = { audience: 'aud1', email: 'Kim@Example.com' }
const member = (id: string, at = '2026-04-10T20:09:31+00:00') => ({ ...sampleSubscriber, id, timestamp_opt: at })

describe('mailchimp', () => {
  it('finds the data centre in the key or the form', () => {
    expect(baseUrlOf(auth)).toBe('https://us21.api.mailchimp.com/3.0')
    expect(baseUrlOf({ ...auth, apiKey: 'test', fields: { dataCentre: 'us6' } })).toContain('//us6.')
    expect(() => baseUrlOf({ ...auth, apiKey: 'test-evil.example.com/x' })).toThrow(/data centre/)
  })

  it('keeps subscribers under the hash of their address', async () => {
    answers = {
      [`PUT ${KIM}`]: { json: member('m1') },
      [`GET ${KIM}`]: { json: member('m1') },
      [`POST ${KIM}/tags`]: { status: 204 },
      [`DELETE ${KIM}`]: { status: 204 },
    }
    expect(await run('addOrUpdateSubscriber', { ...who, mergeFields: { FNAME: 'Kim' } })).toEqual(member('m1'))
    expect(last()?.headers.authorization).toBe(`Basic ${Buffer.from('anystring:test-us21').toString('base64')}`)
    expect(sent()).toMatchObject({ email_address: 'Kim@Example.com', status_if_new: 'subscribed' })
    expect(sent().merge_fields).toEqual({ FNAME: 'Kim' })
    expect(await run('getSubscriber', who)).toEqual({ subscriber: member('m1') })
    expect(await run('updateTags', { ...who, add: ['A'], remove: ['B'] })).toEqual({})
    expect(sent().tags).toMatchObject([{ status: 'active' }, { name: 'B', status: 'inactive' }])
    await expect(run('updateTags', who)).rejects.toMatchObject({ kind: 'validation' })
    expect(await run('archiveSubscriber', who)).toEqual({ found: true })
    answers = {}
    expect(await run('getSubscriber', who)).toEqual({ subscriber: null })
    expect(await run('archiveSubscriber', who)).toEqual({ found: false })
  })

  it('tells of what subscribers did, and writes notes', async () => {
    answers = { [`POST ${KIM}/events`]: { status: 204 }, [`POST ${KIM}/notes`]: { json: { id: 42, note: 'Hi' } } }
    const occurredAt = '2026-04-10T20:15:00Z'
    expect(await run('addEvent', { ...who, name: 'order_placed', properties: { total: '1' }, occurredAt })).toEqual({})
    expect(sent()).toEqual({ name: 'order_placed', properties: { total: '1' }, occurred_at: occurredAt })
    expect(await run('addNote', { ...who, note: 'Hi' })).toEqual({ id: 42 })
    expect(sent()).toEqual({ note: 'Hi' })
  })

  it('signs with the token of somebody who signed in, at their data centre', async () => {
    const signedIn = { kind: 'oauth2' as const, accessToken: 'test-token', scopes: [], extra: {} }
    expect(baseUrlOf({ ...signedIn, fields: { dataCentre: 'us6' } })).toBe('https://us6.api.mailchimp.com/3.0')
    answers = { 'GET /': { json: { account_id: 'a1', account_name: 'Acme' } } }
    const fields = { dataCentre: 'us6' }
    expect(await accountOf(connector, { auth: { ...signedIn, fields }, baseUrl: stub.url })).toEqual({
      id: 'a1',
      label: 'Acme',
    })
    expect(last()?.headers.authorization).toBe('Bearer test-token')
  })

  it('lists subscribers page by page, and audiences', async () => {
    answers = { 'GET /lists/aud1/members': { json: { members: [member('m1'), member('m2')], total_items: 3 } } }
    const { subscribers } = (await run('listSubscribers', { audience: 'aud1', limit: 3 })) as { subscribers: object[] }
    expect(subscribers).toHaveLength(3)
    expect(query()).toMatchObject({ count: '3', offset: '2' })
    answers = { 'GET /lists': { json: { lists: [{ id: 'aud1', name: 'News' }], total_items: 2 } } }
    expect(await run('listAudiences', { limit: 1 })).toEqual({ audiences: [{ id: 'aud1', name: 'News' }] })
    const options = { of: 'getSubscriber', field: 'audience', auth, baseUrl: stub.url }
    expect(await loadOptions(connector, options)).toMatchObject({ nextCursor: '1' })
  })

  it('shows merge fields as the audience has them', async () => {
    const fields = [
      { tag: 'FNAME', name: 'First name', type: 'text', help_text: '' },
      { tag: 'AGE', name: 'Age', type: 'number' },
      { tag: 'SIZE', name: 'Size', type: 'dropdown', options: { choices: ['S', 'M'] } },
    ]
    answers = { 'GET /lists/aud1/merge-fields': { json: { merge_fields: fields, total_items: 3 } } }
    const of = { of: 'addOrUpdateSubscriber', field: 'mergeFields', input: { audience: 'aud1' }, auth }
    expect(await loadSchema(connector, { ...of, baseUrl: stub.url })).toEqual({
      type: 'object',
      properties: {
        FNAME: { title: 'First name', type: 'string' },
        AGE: { title: 'Age', type: 'number' },
        SIZE: { title: 'Size', type: 'string', enum: ['S', 'M'] },
      },
    })
  })

  it('makes, sends and schedules campaigns', async () => {
    answers = {
      'POST /campaigns': { json: { id: 'c1', status: 'save' } },
      'PUT /campaigns/c1/content': { json: {} },
      'POST /campaigns/c1/actions/send': { status: 204 },
      'POST /campaigns/c1/actions/schedule': { status: 204 },
    }
    const mail = { audience: 'aud1', subject: 'S', fromName: 'Acme', replyTo: 'news@example.com' }
    expect(await run('createCampaign', { ...mail, segment: 7, html: '<p>' })).toEqual({ id: 'c1', status: 'save' })
    expect(sent()).toEqual({ html: '<p>' })
    expect(sent(2)).toEqual({
      type: 'regular',
      recipients: { list_id: 'aud1', segment_opts: { saved_segment_id: 7 } },
      settings: { subject_line: 'S', from_name: 'Acme', reply_to: 'news@example.com' },
    })
    await expect(run('createCampaign', mail)).rejects.toMatchObject({ kind: 'validation' })
    await run('sendCampaign', { campaign: 'c1' })
    expect(last()?.url).toBe('/campaigns/c1/actions/send')
    await run('sendCampaign', { campaign: 'c1', sendAt: '2030-04-10T20:15:00Z' })
    expect(sent()).toEqual({ schedule_time: '2030-04-10T20:15:00Z' })
  })

  const refused = (status: number, title: string, more: object = {}): StubAnswer => ({
    status,
    headers: { 'content-type': 'application/problem+json' },
    json: { type: 'about:blank', title, status, detail: 'Because.', ...more },
  })
  const errors = [{ field: 'email_address', message: 'Looks fake.' }]
  const fields = 'Invalid. Because. email_address: Looks fake.'

  it.each<[string, StubAnswer, object]>([
    ['a wrong key', refused(401, 'API Key Invalid'), { kind: 'authentication', detail: 'API Key Invalid. Because.' }],
    ['another data centre', refused(403, 'Wrong Datacenter'), { kind: 'authentication' }],
    ['a missing right', refused(403, 'Forbidden'), { kind: 'authorization' }],
    ['a wrong field', refused(400, 'Invalid', { errors }), { kind: 'rejected', detail: fields }],
    ['too many requests', refused(429, 'Too Many Requests'), { kind: 'rate_limited', retryAfterMs: 5000 }],
    ['a bare 403 of its guard', { status: 403, text: '' }, { kind: 'rate_limited', retryAfterMs: 5000 }],
    ['a broken server', { status: 500, text: '<html>' }, { kind: 'communication', retryable: true }],
  ])('understands %s', async (_, answer, error) => {
    answers = { 'GET /lists': answer, 'GET /': answer }
    await expect(run('listAudiences', {})).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject(error)
  })

  it('starts once for each new subscriber', async () => {
    const poll = (members: ReturnType<typeof member>[], more: object = {}) => {
      answers = { 'GET /lists/aud1/members': { json: { members, total_items: members.length } } }
      const options = { input: { audience: 'aud1' }, auth, baseUrl: stub.url, ...more }
      return pollTrigger(connector, 'newSubscriber', options)
    }
    const old = [member('m1'), member('imported', '')]
    const { cursor } = await poll(old)
    expect(query()).toMatchObject({ sort_dir: 'DESC', status: 'subscribed' })
    const next = await poll([...old, member('m2', '2026-04-10T20:10:00+00:00')], { cursor })
    expect(query()).toMatchObject({ sort_dir: 'ASC', since_timestamp_opt: '2026-04-10T20:08:31.000Z' })
    expect(next).toMatchObject({ items: [{ id: 'm2:2026-04-10T20:10:00+00:00' }], hasMore: false })
    expect((await poll([member('m2', '2026-04-10T20:10:00+00:00')], { cursor: next.cursor })).items).toEqual([])
  })

  const input = { audience: 'aud1', events: ['subscribe' as const], sources: ['user' as const] }

  it('registers a webhook with a secret in its address, once, and removes it twice', async () => {
    answers = {
      'GET /lists/aud1/webhooks': { json: { webhooks: [], total_items: 0 } },
      'POST /lists/aud1/webhooks': { json: { id: 'w1' } },
      'PATCH /lists/aud1/webhooks/w1': { json: { id: 'w1' } },
      'DELETE /lists/aud1/webhooks/w1': { status: 204 },
    }
    const options = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'audienceEvent', options)
    expect(sent()).toMatchObject({ events: { subscribe: true, cleaned: false }, sources: { user: true, api: false } })
    expect(sent().url).toBe(`${registered.webhookUrl}?secret=${encodeURIComponent(registered.secret)}`)
    answers['GET /lists/aud1/webhooks'] = { json: { webhooks: [{ id: 'w1', url: sent().url }], total_items: 1 } }
    const again = await registerTrigger(connector, 'audienceEvent', options)
    expect(again.registration).toEqual({ id: 'w1' })
    expect(last()?.method).toBe('PATCH')
    await unregisterTrigger(connector, 'audienceEvent', { ...options, ...registered })
    answers = {}
    await unregisterTrigger(connector, 'audienceEvent', { ...options, ...registered })
  })

  it('takes events with the secret, and nothing else', async () => {
    const form = {
      type: 'subscribe',
      fired_at: '2026-04-10 20:09:31',
      'data[id]': 'm1',
      'data[email]': 'kim@example.com',
      'data[list_id]': 'aud1',
      'data[merges][FNAME]': 'Kim',
    }
    const query = { secret: 'made-up' }
    const deliver = (request: object) =>
      deliverWebhook(connector, 'audienceEvent', { input, secret: 'made-up', registration: { id: 'w1' }, request })
    expect(await deliver({ form, query })).toMatchObject({
      kind: 'items',
      items: [{ data: { at: '2026-04-10T20:09:31.000Z', audience: 'aud1', mergeFields: { FNAME: 'Kim' } } }],
    })
    expect(await deliver({ form, query: { secret: 'other' } })).toEqual({ kind: 'refused' })
    expect(await deliver({ form })).toEqual({ kind: 'refused' })
    expect(await deliver({ form: { ...form, type: 'cleaned' }, query })).toMatchObject({ items: [] })
    expect(await deliver({ method: 'GET' })).toMatchObject({ kind: 'answered' })
  })
})

// The address is made of the connection's data centre, which nothing made up would be.
const own = { kind: 'apiKey' as const, apiKey: 'canary-of-the-contract-check', fields: { dataCentre: 'us21' } }
describeConnectorContract(connector, { describe, it, expect, auth: own })
