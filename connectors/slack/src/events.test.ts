import { createHmac } from 'node:crypto'
import { deliverAppEvent, parseAppEvent } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

const NOW = 1_531_420_618_000
const SETTINGS = { signingSecret: 'test-signing-secret' }

function signed(body: object, { secret = SETTINGS.signingSecret, at = NOW } = {}) {
  const rawBody = JSON.stringify(body)
  const sentAt = String(at / 1000)
  const signature = createHmac('sha256', secret).update(`v0:${sentAt}:${rawBody}`).digest('hex')
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'X-Slack-Request-Timestamp': sentAt,
    'X-Slack-Signature': `v0=${signature}`,
  }
  return { rawBody, headers }
}
const deliver = (request: ReturnType<typeof signed>, settings: Record<string, string> = SETTINGS) =>
  deliverAppEvent(connector, { request, settings, now: NOW })

const said = {
  type: 'message',
  channel: 'C1',
  user: 'U1',
  text: 'hi',
  ts: '1355517523.000005',
  event_ts: '1355517523.000005',
}
const told = (event: object, more: object = {}) => ({
  token: 'XXYYZZ',
  type: 'event_callback',
  team_id: 'T1',
  api_app_id: 'A1',
  event_id: 'Ev1',
  event_time: 1_531_420_618,
  event,
  ...more,
})

describe('the address of the app', () => {
  it('takes what Slack signed now, and nothing else', async () => {
    expect(await deliver(signed(told(said)))).toMatchObject({
      kind: 'events',
      events: [{ id: 'Ev1', name: 'message', account: 'T1', data: { text: 'hi' } }],
    })
    const refused = { kind: 'refused' }
    expect(await deliver(signed(told(said), { secret: 'other' }))).toEqual(refused)
    expect(await deliver(signed(told(said), { at: NOW - 301_000 }))).toEqual(refused)
    expect(await deliver({ ...signed(told(said)), headers: { 'content-type': 'application/json' } })).toEqual(refused)
    expect(await deliver({ ...signed(told(said)), rawBody: JSON.stringify(told({ ...said, text: 'other' })) })).toEqual(
      refused,
    )
    expect(await deliver(signed(told(said)), {})).toEqual(refused)
  })

  it("answers Slack's question whether the address is the app's own, once it is signed", async () => {
    const question = { type: 'url_verification', token: 'x', challenge: '3eZbrw1aBm2rZgRN' }
    expect(await deliver(signed(question))).toEqual({
      kind: 'answered',
      answer: { body: { challenge: '3eZbrw1aBm2rZgRN' } },
    })
    expect(await deliver(signed(question, { secret: 'other' }))).toEqual({ kind: 'refused' })
  })

  it('knows whose app hears of what happens in shared channels, and in whole organisations', async () => {
    const account = async (more: object) => {
      const result = await deliver(signed(told(said, more)))
      return result.kind === 'events' ? result.events.map((event) => event.account) : result.kind
    }
    expect(await account({ authorizations: [{ team_id: 'T2', enterprise_id: 'E1' }] })).toEqual(['T2'])
    expect(await account({ authorizations: [{ team_id: null, enterprise_id: 'E1' }] })).toEqual(['E1'])
    expect(await account({ team_id: null, authorizations: [] })).toEqual([])
    expect(await account({ type: 'app_rate_limited' })).toEqual([])
  })
})

const starts = (trigger: string, data: object, input: object = {}) =>
  parseAppEvent(connector, trigger, { event: { id: 'Ev1', name: 'x', account: 'T1', data: { ...data } }, input })

describe('triggers', () => {
  it('message posted: starts on what people say in the channel', async () => {
    expect(await starts('messagePosted', said, { channel: 'C1' })).toEqual([
      {
        id: 'Ev1',
        data: {
          channel: 'C1',
          ts: '1355517523.000005',
          threadTs: null,
          user: 'U1',
          text: 'hi',
          isFromBot: false,
          files: [],
        },
      },
    ])
    const file = { id: 'F1', name: 'a.txt', mimetype: 'text/plain', url_private: 'https://files.slack.test/a' }
    expect(await starts('messagePosted', { ...said, subtype: 'file_share', files: [file] })).toMatchObject([
      { data: { files: [{ id: 'F1', name: 'a.txt', type: 'text/plain' }] } },
    ])
  })

  it.each<[string, object, object, number]>([
    ['another channel', said, { channel: 'C2' }, 0],
    ['an edit', { ...said, subtype: 'message_changed' }, {}, 0],
    ['somebody who joins', { ...said, subtype: 'channel_join' }, {}, 0],
    ['an app, which may be this very one', { ...said, bot_id: 'B1' }, {}, 0],
    ['an app, when that is wanted', { ...said, bot_id: 'B1' }, { includeBots: true }, 1],
    ['an answer in a thread', { ...said, thread_ts: '1.1' }, {}, 0],
    ['an answer in a thread, when that is wanted', { ...said, thread_ts: '1.1' }, { includeThreads: true }, 1],
    ['the beginning of a thread', { ...said, thread_ts: said.ts }, {}, 1],
    ['something else', { type: 'message' }, {}, 0],
  ])('message posted: %s', async (_name, event, input, count) => {
    expect(await starts('messagePosted', event, input)).toHaveLength(count)
  })

  it('app mentioned: starts on a mention', async () => {
    const mention = { ...said, type: 'app_mention', text: '<@U0LAN0Z89> hi' }
    expect(await starts('appMentioned', mention)).toMatchObject([{ data: { text: '<@U0LAN0Z89> hi', user: 'U1' } }])
    expect(await starts('appMentioned', mention, { channel: 'C2' })).toEqual([])
  })

  it('reaction added: starts on the wanted emoji on a message', async () => {
    const reaction = {
      type: 'reaction_added',
      user: 'U1',
      reaction: 'eyes',
      item: { type: 'message', channel: 'C1', ts: '1.2' },
      item_user: 'U2',
    }
    expect(await starts('reactionAdded', reaction, { emoji: ':eyes:', channel: 'C1' })).toEqual([
      { id: 'Ev1', data: { emoji: 'eyes', user: 'U1', channel: 'C1', ts: '1.2', author: 'U2' } },
    ])
    expect(await starts('reactionAdded', reaction, { emoji: 'tada' })).toEqual([])
    expect(await starts('reactionAdded', reaction, { channel: 'C2' })).toEqual([])
    expect(await starts('reactionAdded', { ...reaction, item: { type: 'file', file: 'F1' } })).toEqual([])
  })
})
