import { createHmac } from 'node:crypto'
import type { JsonValue } from '@inlay/sdk/connector'
import {
  createTestEgress,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
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
import { sampleIncident } from './incident.js'
import { connector } from './index.js'

const egress = createTestEgress()
let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(
    ({ method, url }) =>
      answers[`${method} ${url.split('?')[0]}`] ?? {
        status: 404,
        json: { error: { message: 'Not Found', code: 2100 } },
      },
  )
})
afterAll(async () => {
  await egress.close()
  await stub.close()
})

const auth = { kind: 'apiKey' as const, apiKey: 'test-key', fields: { region: 'us', from: 'kim@example.com' } }
const run = (action: string, input: object) => runAction(connector, action, { input, auth, baseUrl: stub.url })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '')
const INCIDENT: StubAnswer = { json: { incident: { ...sampleIncident, type: 'incident' } } }

describe('pagerduty', () => {
  it('raises an incident in somebody’s name, once', async () => {
    answers = { 'POST /incidents': { ...INCIDENT, status: 201 } }
    expect(await run('createIncident', { service: 'S', title: 'Fire', details: 'Hot', assignees: ['U'] })).toEqual(
      sampleIncident,
    )
    expect(stub.requests.at(-1)?.headers).toMatchObject({
      authorization: 'Token token=test-key',
      accept: 'application/vnd.pagerduty+json;version=2',
      from: 'kim@example.com',
    })
    const { incident } = sent()
    expect(incident).toMatchObject({
      service: { id: 'S', type: 'service_reference' },
      body: { details: 'Hot' },
      assignments: [{ assignee: { id: 'U', type: 'user_reference' } }],
      incident_key: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    await run('createIncident', { service: 'S', title: 'Fire' })
    expect(sent().incident.incident_key).toBe(incident.incident_key)
  })

  it('changes incidents, writes notes and tells who is on call', async () => {
    const onCall = (level: number) => ({
      user: { id: `U${level}`, name: 'Kim' },
      escalation_level: level,
      start: null,
      end: null,
    })
    answers = {
      'PUT /incidents/I1': INCIDENT,
      'POST /incidents/I1/notes': { status: 201, json: { note: { id: 'N', content: 'x', created_at: 'now' } } },
      'GET /oncalls': { json: { oncalls: [onCall(2), onCall(1)], more: false } },
    }
    await run('updateIncident', { incident: 'I1', status: 'resolved', resolution: 'Water' })
    expect(sent()).toEqual({ incident: { type: 'incident_reference', status: 'resolved', resolution: 'Water' } })
    expect(await run('addNote', { incident: 'I1', content: 'x' })).toMatchObject({ id: 'N' })
    expect(await run('getOnCalls', { policies: ['P'] })).toMatchObject({
      onCalls: [{ user: { id: 'U1' } }, { user: { id: 'U2' } }],
    })
  })

  it('lists incidents over pages', async () => {
    answers = { 'GET /incidents': { json: { incidents: [sampleIncident], more: true } } }
    expect(await run('listIncidents', { statuses: ['triggered', 'resolved'], limit: 3 })).toMatchObject({
      incidents: [{}, {}, {}],
    })
    const asked = new URLSearchParams(stub.requests.at(-1)?.url.split('?')[1])
    expect([asked.getAll('statuses[]'), asked.get('offset')]).toEqual([['triggered', 'resolved'], '200'])
  })

  it('sends events with the key of a service, to the region of the account', async () => {
    const integration = {
      kind: 'custom' as const,
      method: 'integration',
      fields: { region: 'eu', integrationKey: 'test-routing' },
    }
    const seen: string[] = []
    const http = {
      request: (request: Parameters<typeof egress.http.request>[0]) => {
        seen.push(request.url)
        return egress.http.request({ ...request, url: `${stub.url}/v2/enqueue` })
      },
    }
    answers = {
      'POST /v2/enqueue': { status: 202, json: { status: 'success', message: 'Event processed', dedup_key: 'k' } },
    }
    const send = (input: object) => runAction(connector, 'sendEvent', { input, auth: integration, http })
    expect(await send({ summary: 'Fire', key: 'k', details: { n: 1 } })).toEqual({ key: 'k', status: 'success' })
    expect(seen).toEqual(['https://events.eu.pagerduty.com/v2/enqueue'])
    expect(sent()).toMatchObject({
      routing_key: 'test-routing',
      event_action: 'trigger',
      payload: { custom_details: { n: 1 } },
    })
    await expect(send({})).rejects.toMatchObject({ kind: 'validation' })
    await expect(send({ action: 'resolve' })).rejects.toMatchObject({ kind: 'validation' })
    await expect(run('sendEvent', { summary: 'x' })).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('reads, puts off and merges incidents, for those who signed in', async () => {
    const given = { json: { incident: sampleIncident } }
    answers = { 'GET /incidents/P': given, 'POST /incidents/P/snooze': given, 'PUT /incidents/P/merge': given }
    const accessToken = 'test-token'
    const signedIn = { kind: 'oauth2' as const, accessToken, scopes: [], extra: {}, fields: { region: 'us' } }
    const act = (id: string, input: object) => runAction(connector, id, { input, auth: signedIn, baseUrl: stub.url })
    expect(await act('getIncident', { incident: 'P' })).toMatchObject({ id: sampleIncident.id })
    expect(stub.requests.at(-1)?.headers.authorization).toBe('Bearer test-token')
    await act('snoozeIncident', { incident: 'P', minutes: 5 })
    expect(sent()).toEqual({ duration: 300 })
    await act('mergeIncidents', { incident: 'P', merged: ['Q'] })
    expect(sent()).toEqual({ source_incidents: [{ id: 'Q', type: 'incident_reference' }] })
  })

  it('offers services by name, page by page', async () => {
    answers = { 'GET /services': { json: { services: [{ id: 'S', name: 'Shop' }], more: true } } }
    const page = await loadOptions(connector, {
      of: 'createIncident',
      field: 'service',
      auth,
      baseUrl: stub.url,
      search: 'sh',
    })
    expect(page).toEqual({ options: [{ value: 'S', label: 'Shop' }], nextCursor: '100' })
    expect(stub.requests.at(-1)?.url).toContain('query=sh')
  })

  const refusal = (status: number, headers = {}): StubAnswer => ({
    status,
    headers,
    json: { error: { message: 'Because.', code: 2001, errors: ['Title cannot be empty.'] } },
  })

  it.each<[string, StubAnswer, object]>([
    [
      'a wrong key',
      { status: 401, json: { error: { message: 'Access denied', code: 2006 } } },
      { kind: 'authentication' },
    ],
    ['a missing permission', refusal(403), { kind: 'authorization' }],
    ['a wrong field', refusal(400), { kind: 'rejected', detail: 'Because. Title cannot be empty.' }],
    ['its rate limit', refusal(429, { 'ratelimit-reset': '30' }), { kind: 'rate_limited', retryAfterMs: 30_000 }],
    ['a broken server', { status: 500, text: 'no' }, { kind: 'communication', retryable: true }],
  ])('understands %s', async (_, answer, error) => {
    answers = { 'POST /incidents': answer, 'GET /abilities': answer }
    await expect(run('createIncident', { service: 'S', title: 'x' })).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject(error)
  })

  it('starts for new incidents', async () => {
    const poll = (more: { cursor?: JsonValue }) =>
      pollTrigger(connector, 'newIncident', { input: {}, auth, baseUrl: stub.url, ...more })
    answers = { 'GET /incidents': { json: { incidents: [sampleIncident], more: false } } }
    const first = await poll({})
    const newer = { ...sampleIncident, id: 'NEW', created_at: '2026-04-10T20:10:00Z' }
    answers = { 'GET /incidents': { json: { incidents: [newer, sampleIncident], more: false } } }
    expect((await poll({ cursor: first.cursor })).items.map(({ id }) => id)).toEqual(['NEW'])
  })

  it('registers, takes what is signed, and removes it twice', async () => {
    const input = { events: ['incident.resolved' as const], service: 'S' }
    const left = { id: 'OLD', delivery_method: { secret: null, url: 'https://hooks.test/hooks/token' } }
    answers = {
      'GET /webhook_subscriptions': { json: { webhook_subscriptions: [left], more: false } },
      'DELETE /webhook_subscriptions/OLD': { status: 204 },
      'POST /webhook_subscriptions': {
        status: 201,
        json: { webhook_subscription: { id: 'W', delivery_method: { secret: 'test-signing' } } },
      },
      'DELETE /webhook_subscriptions/W': { status: 204 },
    }
    const options = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'incidentEvent', options)
    expect(sent().webhook_subscription).toMatchObject({
      filter: { type: 'service_reference', id: 'S' },
      delivery_method: { url: registered.webhookUrl },
    })
    // What an earlier attempt left behind is gone.
    expect(stub.requests.at(-2)).toMatchObject({ method: 'DELETE', url: '/webhook_subscriptions/OLD' })
    await unregisterTrigger(connector, 'incidentEvent', { ...options, ...registered })
    answers = {}
    await unregisterTrigger(connector, 'incidentEvent', { ...options, ...registered })
    const body = (type: string) =>
      JSON.stringify({ event: { id: 'E', event_type: type, occurred_at: 'now', data: { id: 'I' } } })
    const deliver = (rawBody: string, secret = 'test-signing') => {
      const signature = createHmac('sha256', secret).update(rawBody).digest('hex')
      const request = { rawBody, headers: { 'x-pagerduty-signature': `v1=0000,v1=${signature}` } }
      return deliverWebhook(connector, 'incidentEvent', { input, request, registration: registered.registration })
    }
    expect(await deliver(body('incident.resolved'))).toEqual({
      kind: 'items',
      items: [{ id: 'E', data: { event: 'incident.resolved', at: 'now', incident: { id: 'I' } } }],
    })
    expect(await deliver(body('pagey.ping'))).toEqual({ kind: 'items', items: [] })
    expect(await deliver(body('incident.resolved'), 'other')).toEqual({ kind: 'refused' })
  })
})

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { sendEvent: 'the key of a service is part of its body, and only one way to connect has it' },
})
