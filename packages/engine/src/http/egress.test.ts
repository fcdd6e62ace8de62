import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { createEgress, type Egress } from './egress.js'

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
  if (url === '/cut') return void response.destroy()
  if (url === '/close') return void response.writeHead(200, { connection: 'close' }).end()
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

const resolvingTo = (...addresses: readonly string[]): Egress =>
  createEgress({
    resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  })

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

  it.each([
    'foo@127.0.0.1',
    '127.0.0.1#@example.com',
    'example.com@127.0.0.1',
    '[::ffff:10.0.0.1]',
    '[::ffff:0a00:0001]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '0x7f.1',
    '0300.0250.1',
    '%31%32%37.0.0.1',
    '127.0.0.1.',
    '169.254.170.2',
    '[::ffff:a9fe:aa02]',
    '[fe80::a9fe:a9fe]',
    'metadata.google.internal',
    '10.0.0.1:80',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
  ])('http://%s/ is refused too', async (host) => {
    const before = calls.length
    expect(['rejected', 'communication', 'validation']).toContain(await kindOf({ url: `http://${host}/` }))
    expect(calls.length).toBe(before)
  })

  it.each(['2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0', '::1', '[::1]', '::ffff:127.0.0.1', 'fe80::1%lo'])(
    'are refused for plain sockets to %s',
    async (host) => {
      const kind = await strict.net.connect({ host, port: 5432 }).then(
        () => 'connected',
        (error: { kind?: string }) => error.kind,
      )
      expect(['rejected', 'communication']).toContain(kind)
    },
  )

  it('are refused when only one of the addresses of a name is', async () => {
    expect(await kindOf({ url: 'http://mixed.example/' }, resolvingTo('93.184.215.14', '127.0.0.1'))).toBe('rejected')
  })

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254', '10.0.0.8'])(
    'are refused when a name leads to %s',
    async (address) => {
      const egress = resolvingTo(address)
      expect(await kindOf({ url: 'http://inside.example/' }, egress)).toBe('rejected')
      await expect(egress.net.connect({ host: 'inside.example', port: 25 })).rejects.toMatchObject({ kind: 'rejected' })
    },
  )

  it('are refused when a name leads there from the second look-up on, and a kept connection needs none', async () => {
    const addresses = ['127.0.0.1', '127.0.0.2']
    const looked: string[] = []
    const egress = createEgress({
      allow: ['127.0.0.1/32'],
      resolve: async (host) => [{ address: addresses[looked.push(host) - 1] ?? '', family: 4 }],
    })
    const url = `http://rebinding.example:${port}`
    for (const path of ['/a', '/b', '/close']) {
      expect(await kindOf({ url: url + path }, egress)).toBe('answered')
      // undici takes a connection back on the next turn of the event loop.
      await new Promise(setImmediate)
    }
    expect(looked).toEqual(['rebinding.example'])
    expect(calls.at(-1)?.headers.host).toBe(`rebinding.example:${port}`)
    const before = calls.length
    expect(await kindOf({ url: `${url}/c` }, egress)).toBe('rejected')
    expect(calls.length).toBe(before)
    await egress.close()
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

  it('are the only bar for databases and brokers: their ports are open, those of remote shells are not', async () => {
    const egress = resolvingTo('127.0.0.1')
    for (const port of [143, 993, 1433, 3306, 5432, 5671, 5672, 6379, 6380, 9092, 9200, 27_017]) {
      // The address comes first, and the port is not what is wrong with it.
      const refused = { message: 'Calls to db.example are not allowed' }
      await expect(egress.net.connect({ host: 'db.example', port })).rejects.toMatchObject(refused)
    }
    for (const port of [22, 23, 111, 2375, 11_211]) {
      const refused = { message: `Port ${port} of db.example is not allowed` }
      await expect(egress.net.connect({ host: 'db.example', port })).rejects.toMatchObject(refused)
    }
    for (const port of [0, -1, 70_000, 1.5, Number.NaN]) {
      await expect(egress.net.connect({ host: 'db.example', port })).rejects.toMatchObject({ kind: 'validation' })
    }
  })

  it('can be allowed by the operator, and then on any port', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const named = createEgress({ allow: ['127.0.0.1/32'], resolve })
    expect(await kindOf({ url: `http://127.0.0.1:${port}/` }, open)).toBe('answered')
    expect(await kindOf({ url: `http://localhost.test:${port}/` }, named)).toBe('answered')
    for (const host of ['127.0.0.1', 'localhost.test']) (await named.net.connect({ host, port })).destroy()
    await named.close()
  })

  it('are refused with a message that names the setting', async () => {
    const refused = { kind: 'rejected', detail: expect.stringContaining('INLAY_EGRESS_ALLOW') }
    await expect(strict.http.request({ url: 'http://10.0.0.8/' })).rejects.toMatchObject(refused)
    await expect(strict.http.request({ url: 'http://example.com:6379/' })).rejects.toMatchObject(refused)
  })
})

describe('requests that are not right', () => {
  it.each<[string, HttpRequest, string]>([
    ['no URL', { url: 'example' }, 'validation'],
    ['another protocol', { url: 'file:///etc/passwd' }, 'validation'],
    ['credentials in the URL', { url: 'http://user:pass@example.com/' }, 'validation'],
    ['a port of something else', { url: 'http://example.com:6379/' }, 'rejected'],
    ['a header that follows from the URL', { url: 'http://example.com/', headers: { Host: 'other' } }, 'validation'],
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
    expect(await kindOf({ url: `${base()}/hang`, signal: AbortSignal.abort() }, open)).toBe('cancelled')
    expect(await kindOf({ url: `${base()}/hang`, signal: AbortSignal.timeout(50) }, open)).toBe('timeout')
    const reason = new StepError('cancelled', 'The run was cancelled')
    const stopped = open.http.request({ url: `${base()}/hang`, signal: AbortSignal.abort(reason) })
    await expect(stopped).rejects.toBe(reason)
    expect(await kindOf({ url: `${base()}/bomb` }, open)).toBe('limit')
    expect(await kindOf({ url: 'http://127.0.0.1:1/' }, open)).toBe('communication')
    expect(await kindOf({ url: `${base()}/cut` }, open)).toBe('communication')
    const closed = createEgress({ allow: ['127.0.0.1/32'] })
    await closed.close()
    expect(await kindOf({ url: base() }, closed)).toBe('communication')
  })

  it('follow redirects, without secrets to another origin, and not for ever', async () => {
    calls = []
    const other = `http://127.0.0.1:${port}/end`
    await open.http.request({ url: `${base()}/to?${encodeURIComponent(other)}`, headers: { authorization: 'secret' } })
    expect(calls.at(-1)?.headers.authorization).toBe('secret')
    const away = encodeURIComponent(`http://localhost.test:${port}/end`)
    const egress = createEgress({
      allow: ['127.0.0.0/8'],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    const headers = { authorization: 'secret', cookie: 'a=b', 'x-api-key': 'secret', accept: 'text/csv' }
    await egress.http.request({ url: `${base()}/to?${away}`, headers })
    const { authorization, cookie, accept } = calls.at(-1)?.headers ?? {}
    expect([authorization, cookie, calls.at(-1)?.headers['x-api-key'], accept]).toEqual([
      undefined,
      undefined,
      undefined,
      'text/csv',
    ])
    await egress.close()
    const loop = encodeURIComponent(`/to?${encodeURIComponent('/to?x')}`)
    expect(await kindOf({ url: `${base()}/to?${loop}`, maxRedirects: 1 }, open)).toBe('rejected')
  })

  it('take no notice of proxies in the environment', async () => {
    process.env['HTTP_PROXY'] = process.env['http_proxy'] = 'http://127.0.0.1:1'
    try {
      const egress = createEgress({ allow: ['127.0.0.1/32'] })
      expect(await kindOf({ url: base() }, egress)).toBe('answered')
      await egress.close()
    } finally {
      delete process.env['HTTP_PROXY']
      delete process.env['http_proxy']
    }
  })

  it('name the host of the URL to a server that speaks TLS', async () => {
    const names: string[] = []
    const secure = createTlsServer({
      SNICallback: (name, done) => {
        names.push(name)
        done(new Error('no certificate'))
      },
    })
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
    const egress = createEgress({
      allow: ['127.0.0.1/32'],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    // A TCP server that listens has an AddressInfo.
    const url = `https://shop.example:${(secure.address() as AddressInfo).port}/`
    expect(await kindOf({ url }, egress)).toBe('communication')
    expect(names).toEqual(['shop.example'])
    await egress.close()
    secure.close()
  })
})
