import type { JsonValue } from '@inlay/sdk/connector'
import {
  describeConnectorContract,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'

const RSS = (items: string) => `<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title>
<link>https://blog.example.com</link><description>What we do</description>${items}</channel></rss>`
const item = (id: string) => `<item><title>Post ${id}</title><link>https://blog.example.com/${id}</link>
<guid isPermaLink="false">${id}</guid><pubDate>Fri, 10 Apr 2026 20:09:31 GMT</pubDate>
<category>news</category><description><![CDATA[<p>Text &amp; more</p>]]></description></item>`
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><id>urn:x</id><updated>2026-04-10T20:09:31Z</updated>
<entry><id>urn:1</id><title>One</title><updated>2026-04-10T20:09:31Z</updated><author><name>Kim</name></author>
<link href="https://a.example.com/1"/><content type="html">&lt;b&gt;x&lt;/b&gt;</content></entry></feed>`
const JSON_FEED = {
  version: 'https://jsonfeed.org/version/1.1',
  title: 'JSON',
  items: [{ id: 7, content_text: 'seven', authors: [{ name: 'Lee' }], tags: ['a'] }],
}

let stub: StubServer
let feed: StubAnswer

beforeAll(async () => {
  stub = await startStubServer(() => feed)
})
afterAll(() => stub.close())

const read = () => runAction(connector, 'readFeed', { input: { url: `${stub.url}/feed` } })

describe('rss', () => {
  it('reads RSS', async () => {
    feed = { text: RSS(item('2') + item('1')) }
    expect(await read()).toMatchObject({
      title: 'Blog',
      entries: [
        {
          id: '2',
          title: 'Post 2',
          url: 'https://blog.example.com/2',
          categories: ['news'],
          published: '2026-04-10T20:09:31.000Z',
        },
        { id: '1' },
      ],
    })
  })

  it('reads Atom and JSON Feed', async () => {
    feed = { text: ATOM }
    expect(await read()).toMatchObject({ entries: [{ id: 'urn:1', authors: ['Kim'], content: '<b>x</b>' }] })
    feed = { json: JSON_FEED }
    expect(await read()).toMatchObject({
      entries: [{ id: '7', content: 'seven', authors: ['Lee'], categories: ['a'] }],
    })
  })

  it('starts once for each new entry, oldest first, also when old ones come back', async () => {
    const poll = (more: { cursor?: JsonValue }) =>
      pollTrigger(connector, 'newEntry', { input: { url: `${stub.url}/feed` }, ...more })
    feed = { text: RSS(item('2') + item('1')) }
    const first = await poll({})
    feed = { text: RSS(item('4') + item('3') + item('2')) }
    const second = await poll({ cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['3', '4'])
    feed = { text: RSS(item('4') + item('1')) }
    expect((await poll({ cursor: second.cursor })).items).toEqual([])
  })

  it.each<[string, StubAnswer, object]>([
    ['a web page', { text: '<html><body>Hello</body></html>' }, { kind: 'communication', retryable: false }],
    ['nothing', { text: '' }, { kind: 'communication', retryable: false }],
    ['other JSON', { json: { items: [] } }, { kind: 'communication', retryable: false }],
    ['an unknown address', { status: 404 }, { kind: 'rejected' }],
    ['a broken server', { status: 502 }, { kind: 'communication', retryable: true }],
  ])('says what is wrong with %s', async (_, answer, error) => {
    feed = answer
    await expect(read()).rejects.toMatchObject(error)
  })

  it('does not expand entities without end', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    feed = { text: `${bomb}${RSS('<item><title>&c;</title><guid>1</guid></item>')}` }
    const output = await read().catch(() => null)
    expect(JSON.stringify(output).length).toBeLessThan(10_000)
  })
})

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { credentials: 'there are none, and feeds are wherever people say' },
})
