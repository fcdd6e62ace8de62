import type { JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  createTestStores,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubHandler,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
  withTestContext,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleEvent } from './event.js'
import { connector } from './index.js'

const EVENTS = '/calendar/v3/calendars/primary/events'
const EVENT: StubAnswer = { json: sampleEvent }
const googleError = (code: number, reason: string): StubAnswer => ({
  status: code,
  json: { error: { code, message: 'No.', errors: [{ domain: 'usageLimits', reason, message: 'No.' }] } },
})

let stub: StubServer
let answers: Record<string, StubAnswer | StubHandler>
beforeAll(async () => {
  stub = await startStubServer((request) => {
    const answer = answers[`${request.method} ${request.url.split('?')[0]}`]
    return typeof answer === 'function' ? answer(request) : (answer ?? googleError(404, 'notFound'))
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    'GET /calendar/v3/calendars/primary': { json: { id: 'kim@acme.example', summary: 'Kim' } },
    [`POST ${EVENTS}`]: EVENT,
    [`GET ${EVENTS}/event1example`]: EVENT,
    [`PATCH ${EVENTS}/event1example`]: EVENT,
    [`POST ${EVENTS}/quickAdd`]: EVENT,
  }
})

const auth = { kind: 'oauth2' as const, accessToken: 'test-token', scopes: [], extra: {}, fields: {} }
const at = () => ({ auth, baseUrl: stub.url })
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, ...at(), ...more })
const last = () => stub.requests.at(-1)
const times = { start: '2026-04-10T09:00:00+02:00', end: '2026-04-10T10:00:00+02:00' }

/** A calendar whose changes are told by tokens, as Google does. */
function syncing(changes: Record<string, JsonValue[]>) {
  answers[`GET ${EVENTS}`] = (request) => {
    const token = request.form().get('syncToken')
    if (token === 'old') return googleError(410, 'fullSyncRequired')
    if (token === null && request.form().get('pageToken') === null)
      return { json: { items: [sampleEvent], nextPageToken: 'p2' } }
    const next = token === null ? 't1' : `${token}+`
    return { json: { items: changes[token ?? ''] ?? [], nextSyncToken: next } }
  }
}

describe('google calendar events', () => {
  it('creates an event with an id of its own, so that a repetition finds the first', async () => {
    const input = { title: 'Planning', ...times, guests: ['lee@acme.example'], withVideoCall: true }
    expect(await run('createEvent', input)).toMatchObject({ id: 'event1example' })
    const { id, conferenceData, ...body } = JSON.parse(last()?.body ?? '')
    expect(body).toEqual({
      summary: 'Planning',
      start: { dateTime: times.start, date: null },
      end: { dateTime: times.end, date: null },
      attendees: [{ email: 'lee@acme.example' }],
    })
    expect(id).toMatch(/^[0-9a-v]{40}$/)
    expect(conferenceData.createRequest.requestId).toBe(id)
    expect(last()).toMatchObject({
      url: `${EVENTS}?sendUpdates=all&conferenceDataVersion=1`,
      headers: { authorization: 'Bearer test-token' },
    })
    answers[`POST ${EVENTS}`] = googleError(409, 'duplicate')
    answers[`GET ${EVENTS}/${id}`] = EVENT
    expect(await run('createEvent', input)).toMatchObject({ id: 'event1example' })
  })

  it('changes only what is given, and understands days', async () => {
    await run('updateEvent', { eventId: 'event1example', start: '2026-04-10', isFree: true, notify: 'none' })
    expect(last()?.json()).toEqual({ start: { date: '2026-04-10', dateTime: null }, transparency: 'transparent' })
    expect(last()?.url).toContain('sendUpdates=none')
    await expect(run('updateEvent', { eventId: 'e', start: 'tomorrow' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('gets, deletes and quickly adds', async () => {
    expect(await run('getEvent', { eventId: 'event1example' })).toMatchObject({ summary: 'Planning' })
    answers[`DELETE ${EVENTS}/event1example`] = { status: 204 }
    expect(await run('deleteEvent', { eventId: 'event1example' })).toEqual({ wasThere: true })
    answers[`DELETE ${EVENTS}/event1example`] = googleError(410, 'deleted')
    expect(await run('deleteEvent', { eventId: 'event1example' })).toEqual({ wasThere: false })
    await run('quickAdd', { text: 'Lunch tomorrow' })
    const { searchParams } = new URL(last()?.url ?? '', stub.url)
    expect(searchParams.get('text')).toBe('Lunch tomorrow')
  })

  it('lists over pages, and calendars', async () => {
    answers[`GET ${EVENTS}`] = ({ url }) => ({
      json: url.includes('pageToken=p2') ? { items: [sampleEvent] } : { items: [sampleEvent], nextPageToken: 'p2' },
    })
    const listed = await run('listEvents', { from: '2026-04-10T00:00:00Z' })
    expect(listed).toMatchObject({ events: [{ id: 'event1example' }, { id: 'event1example' }] })
    expect(last()?.url).toContain('singleEvents=true&orderBy=startTime')
    answers['GET /calendar/v3/users/me/calendarList'] = {
      json: { items: [{ id: 'a@b', summary: 'Team' }], nextPageToken: 'n' },
    }
    const choices = await loadOptions(connector, { of: 'listEvents', field: 'calendar', ...at() })
    expect(choices).toEqual({ options: [{ value: 'a@b', label: 'Team' }], nextCursor: 'n' })
    answers['GET /calendar/v3/users/me/calendarList'] = { json: { items: [{ id: 'a@b', summary: 'Team' }] } }
    expect(await run('listCalendars', {})).toMatchObject({ calendars: [{ summary: 'Team' }] })
  })

  it('tells busy times, and never takes silence for free', async () => {
    const span = { from: '2026-04-10T00:00:00Z', to: '2026-04-11T00:00:00Z' }
    const busy = [{ start: '2026-04-10T07:00:00Z', end: '2026-04-10T08:00:00Z' }]
    answers['POST /calendar/v3/freeBusy'] = { json: { calendars: { primary: { busy } } } }
    expect(await run('findBusyTimes', span)).toEqual({ isFree: false, busy: [{ calendar: 'primary', ...busy[0] }] })
    expect(last()?.json()).toEqual({ timeMin: span.from, timeMax: span.to, items: [{ id: 'primary' }] })
    const errors = [{ domain: 'global', reason: 'notFound' }]
    answers['POST /calendar/v3/freeBusy'] = { json: { calendars: { primary: { errors, busy: [] } } } }
    await expect(run('findBusyTimes', span)).rejects.toMatchObject({ kind: 'rejected', detail: 'It says: notFound.' })
  })

  it('lists changes from where the workflow was, the same ones for a repetition', async () => {
    syncing({ t1: [{ ...sampleEvent, id: 'a' }], 't1+': [{ id: 'b', status: 'cancelled' }] })
    const store = createTestStores()
    const ask = (idempotencyKey: string) => run('listChangedEvents', {}, { store, idempotencyKey })
    expect(await ask('one')).toEqual({ events: [] })
    const second = await ask('two')
    expect(second).toMatchObject({ events: [{ id: 'a' }] })
    expect(await ask('two')).toEqual(second)
    expect(await ask('three')).toEqual({ events: [{ id: 'b', status: 'cancelled' }] })
  })

  it.each<[string, StubAnswer, object]>([
    ['credentials', googleError(401, 'authError'), { kind: 'authentication' }],
    ['permissions', googleError(403, 'forbiddenForNonOrganizer'), { kind: 'authorization' }],
    ['rates', googleError(403, 'rateLimitExceeded'), { kind: 'rate_limited' }],
    ['quotas', googleError(403, 'quotaExceeded'), { kind: 'limit' }],
    ['bad requests', googleError(400, 'timeRangeEmpty'), { kind: 'rejected', detail: 'No. (timeRangeEmpty)' }],
    ['outages', googleError(500, 'backendError'), { kind: 'communication' }],
  ])('understands refusals for %s', async (_, answer, error) => {
    answers[`GET ${EVENTS}/event1example`] = answer
    await expect(run('getEvent', { eventId: 'event1example' })).rejects.toMatchObject(error)
  })

  it('tests a connection and tells whose it is', async () => {
    await testConnection(connector, at())
    expect(await accountOf(connector, at())).toEqual({ id: 'kim@acme.example', label: 'kim@acme.example' })
  })
})

describe('google calendar triggers', () => {
  const now = Date.parse('2026-04-10T06:50:00Z')
  const poll = (id: string, more: { cursor?: JsonValue; input?: object; now?: number } = {}) =>
    pollTrigger(connector, id, { input: {}, now, ...at(), ...more })
  const ids = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id)

  it('tell changes by kind, and begin anew when Google forgot the place', async () => {
    const changed = { ...sampleEvent, id: 'c', updated: '2026-04-02T00:00:00.000Z' }
    syncing({ t1: [sampleEvent, changed, { id: 'd', status: 'cancelled' }] })
    const first = await poll('changedEvent')
    expect(first).toEqual({ items: [], cursor: 't1' })
    const all = await poll('changedEvent', { cursor: 't1' })
    expect(ids(all)).toEqual(['event1example:2026-04-01T08:00:00.000Z', 'c:2026-04-02T00:00:00.000Z', 'd:cancelled'])
    expect(all.cursor).toBe('t1+')
    expect(ids(await poll('changedEvent', { cursor: 't1', input: { which: 'new' } }))).toHaveLength(1)
    expect(await poll('changedEvent', { cursor: 'old' })).toEqual({ items: [], cursor: 't1' })
  })

  it('tell once of what starts soon, and again when it is put off', async () => {
    const running = { ...sampleEvent, id: 'r', start: { dateTime: '2026-04-10T06:00:00Z' } }
    const later = { ...sampleEvent, start: { dateTime: '2026-04-10T07:04:00Z' } }
    answers[`GET ${EVENTS}`] = {
      json: { items: [running, sampleEvent, { ...sampleEvent, id: 'day', start: { date: '2026-04-10' } }] },
    }
    const first = await poll('eventStartsSoon')
    expect(ids(first)).toEqual([`event1example:${sampleEvent.start.dateTime}`])
    expect(last()?.form().get('timeMax')).toBe('2026-04-10T07:05:00.000Z')
    const second = await poll('eventStartsSoon', { cursor: first.cursor })
    expect(second.items).toEqual([])
    answers[`GET ${EVENTS}`] = { json: { items: [later] } }
    expect(ids(await poll('eventStartsSoon', { cursor: second.cursor }))).toEqual([
      'event1example:2026-04-10T07:04:00Z',
    ])
  })

  it('open a channel with a token, renew it, and close it, twice if need be', async () => {
    answers[`POST ${EVENTS}/watch`] = (request) => ({
      json: { kind: 'api#channel', id: JSON.parse(request.body).id, resourceId: 'res', expiration: '1775851771000' },
    })
    const options = { input: {}, ...at() }
    const registered = await registerTrigger(connector, 'calendarChanged', options)
    const channel = JSON.parse(last()?.body ?? '')
    expect(channel).toMatchObject({ type: 'web_hook', address: registered.webhookUrl, params: { ttl: '604800' } })
    expect(registered.registration).toEqual({ id: channel.id, resourceId: 'res', expiration: '1775851771000' })
    answers['POST /calendar/v3/channels/stop'] = { status: 204 }
    const trigger = connector.triggers['calendarChanged']
    const renewal = trigger?.kind === 'webhook' ? trigger.renewal : undefined
    if (renewal === undefined) expect.unreachable()
    const renewed = await withTestContext(connector, at(), (context) =>
      renewal.run({ ...context, ...registered, input: { calendar: 'primary' } }),
    )
    expect(renewed).toMatchObject({ id: expect.not.stringContaining(channel.id), resourceId: 'res' })
    expect(last()?.json()).toEqual({ id: channel.id, resourceId: 'res' })
    await unregisterTrigger(connector, 'calendarChanged', { ...options, ...registered })
    expect(last()?.json()).toEqual({ id: channel.id, resourceId: 'res' })
    delete answers['POST /calendar/v3/channels/stop']
    await unregisterTrigger(connector, 'calendarChanged', { ...options, ...registered })

    const headers = {
      'X-Goog-Channel-Id': channel.id,
      'X-Goog-Channel-Token': channel.token,
      'X-Goog-Message-Number': '10',
    }
    const deliver = (more: Record<string, string>) =>
      deliverWebhook(connector, 'calendarChanged', {
        input: {},
        request: { rawBody: '', headers: { ...headers, ...more } },
      })
    expect(await deliver({ 'X-Goog-Resource-State': 'exists' })).toEqual({
      kind: 'items',
      items: [{ id: `${channel.id}:10`, data: { calendar: 'primary', state: 'exists', messageNumber: 10 } }],
    })
    expect(await deliver({ 'X-Goog-Resource-State': 'sync' })).toEqual({ kind: 'items', items: [] })
    expect(await deliver({ 'X-Goog-Channel-Token': 'wrong' })).toEqual({ kind: 'refused' })
    expect(await deliver({ 'X-Goog-Channel-Token': '' })).toEqual({ kind: 'refused' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
