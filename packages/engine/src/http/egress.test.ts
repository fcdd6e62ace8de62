import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest } from '../contracts/connector.js'
import { createEgress } from './egress.js'

let calls: { url: string; headers: IncomingMessage['headers']; body: string; method: string }[] = []
let server: Server
let port = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      calls.push({
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        method: request.method ?? '',
      })
      answer(request.url ?? '', response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function answer(url: string, response: ServerResponse): void {
  if (url === '/hang') return
  if (url.startsWith('/to?')) {
    response.writeHead(302, { location: decodeURIComponent(url.slice(4)) }).end()
  } else if (url === '/bomb') {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30_000_000)))
  } else if (url === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"zipped":true}'))
  else if (url === '/html') response.end('<html>')
  else response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
}

const open = createEgress({ allow: ['127.0.0.1/32'] })
const strict = createEgress()

async function kindOf(request: HttpRequest, egress = strict): Promise<string> {
  return egress.http.request({ timeoutMs: 3000, ...request }).then(
    () => 'answered',
    (error: { kind?: string }) => error.kind ?? String(error),
  )
}

describe('addresses that are not public', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0',
    '0.0.0.0',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:a9fe:a9fe]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[64:ff9b:1::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[::127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[fec0::1]',
    '169.254.169.254',
    '100.100.100.200',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    'localhost',
    'localhost.',
    'LOCALHOST',
    '[100::1]',
    '[2001:db8::1]',
    '[5f00::1]',
    '[3fff::1]',
    '168.63.129.16',
  ])('http://%s/ is refused', async (host) => {
    const before = calls.length
    expect(['rejected', 'communication']).toContain(await kindOf({ url: `http://${host}/` }))
    expect(calls.length).toBe(before)
  })

  it('are refused when a name leads there, now or at a later look-up, or only with one of its addresses', async () => {
    const answers = [['93.184.215.14', '127.0.0.1']]
    const egress = createEgress({ resolve: async () => (answers[0] ?? []).map((address) => ({ address, family: 4 })) })
    expect(await kindOf({ url: 'http://rebound.example/' }, egress)).toBe('rejected')
  })

  it('are refused as the goal of a redirect', async () => {
    const goal = encodeURIComponent('http://127.0.0.2:1/')
    expect(await kindOf({ url: `http://127.0.0.1:${port}/to?${goal}` }, open)).toBe('rejected')
  })

  it('are refused for plain sockets too', async () => {
    await expect(strict.net.connect({ host: '127.0.0.1', port: 25 })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(strict.net.connect({ host: 'localhost', port: 587 })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(strict.net.connect({ host: '93.184.215.14', port: 22 })).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('can be allowed by the operator, and then on any port', async () => {
    expect(await kindOf({ url: `http://127.0.0.1:${port}/` }, open)).toBe('answered')
    const socket = await open.net.connect({ host: '127.0.0.1', port })
    socket.destroy()
  })
})

describe('requests that are not right', () => {
  it.each<[string, HttpRequest, string]>([
    ['no URL', { url: 'example' }, 'validation'],
    ['another protocol', { url: 'file:///etc/passwd' }, 'validation'],
    ['credentials in the URL', { url: 'http://user:pass@example.com/' }, 'validation'],
    ['a port of something else', { url: 'http://example.com:6379/' }, 'rejected'],
    ['a line break in a header', { url: 'http://127.0.0.1:80/', headers: { a: 'b\r\nx: y' } }, 'rejected'],
  ])('%s', async (_name, request, kind) => {
    expect(await kindOf(request)).toBe(kind)
  })

  it('with a line break in a header never leave', async () => {
    const url = `http://127.0.0.1:${port}/crlf`
    expect(await kindOf({ url, headers: { a: 'b\r\nx: y' } }, open)).toBe('validation')
    expect(calls.some((call) => call.url === '/crlf')).toBe(false)
  })
})

describe('exchanges', () => {
  const base = (): string => `http://127.0.0.1:${port}`

  it('send JSON, forms and text with their types', async () => {
    calls = []
    await open.http.request({ method: 'POST', url: `${base()}/j`, json: { a: 1 }, query: { q: 'x y', n: 1 } })
    await open.http.request({ method: 'POST', url: `${base()}/f`, form: { a: '1&2' } })
    await open.http.request({ method: 'PUT', url: `${base()}/t`, text: 'hi', headers: { 'Content-Type': 'text/csv' } })
    expect(calls.map(({ method, url, body, headers }) => [method, url, body, headers['content-type']])).toEqual([
      ['POST', '/j?q=x+y&n=1', '{"a":1}', 'application/json'],
      ['POST', '/f', 'a=1%262', 'application/x-www-form-urlencoded'],
      ['PUT', '/t', 'hi', 'text/csv'],
    ])
  })

  it('decode compressed answers, and say what is not JSON', async () => {
    expect((await open.http.request({ url: `${base()}/gzip` })).json()).toEqual({ zipped: true })
    const html = await open.http.request({ url: `${base()}/html` })
    expect(() => html.json()).toThrow('not JSON')
  })

  it('end when time is up, when they are cancelled, and when the answer is too large', async () => {
    expect(await kindOf({ url: `${base()}/hang`, timeoutMs: 50 }, open)).toBe('timeout')
    const signal = AbortSignal.abort({ kind: 'cancelled' })
    expect(await kindOf({ url: `${base()}/hang`, signal }, open)).toBe('cancelled')
    expect(await kindOf({ url: `${base()}/bomb` }, open)).toBe('limit')
    expect(await kindOf({ url: 'http://127.0.0.1:1/' }, open)).toBe('communication')
  })

  it('follow redirects, without secrets to another origin, and not for ever', async () => {
    calls = []
    const other = `http://127.0.0.1:${port}/end`
    await open.http.request({ url: `${base()}/to?${encodeURIComponent(other)}`, headers: { authorization: 'secret' } })
    expect(calls.at(-1)?.headers.authorization).toBe('secret')
    const egress = createEgress({ allow: ['127.0.0.0/8'] })
    const second = createServer((request, response) => response.end(request.headers.authorization ?? 'none'))
    await new Promise<void>((resolve) => second.listen(0, '127.0.0.1', resolve))
    const away = encodeURIComponent(`http://127.0.0.1:${(second.address() as AddressInfo).port}/`)
    const answered = await egress.http.request({ url: `${base()}/to?${away}`, headers: { authorization: 'secret' } })
    expect(answered.text).toBe('none')
    second.closeAllConnections()
    second.close()
    const loop = encodeURIComponent(`/to?${encodeURIComponent('/to?x')}`)
    expect(await kindOf({ url: `${base()}/to?${loop}`, maxRedirects: 1 }, open)).toBe('rejected')
  })
})
