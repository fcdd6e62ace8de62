import { randomBytes } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest, HttpResponse } from '../contracts/connector.js'
import { createEgress } from './egress.js'

/** Services that answer what they please, byte for byte. */
const egress = createEgress({ allow: ['127.0.0.1/32'] })
const sockets = new Set<Socket>()
let server: Server
let base = ''
let reply: (socket: Socket) => void = () => undefined

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.once('data', () => reply(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})

afterAll(async () => {
  await egress.close()
  for (const socket of sockets) socket.destroy()
  server.close()
})

const get = (request: Partial<HttpRequest> = {}): Promise<HttpResponse> =>
  egress.http.request({ url: `${base}/`, timeoutMs: 5000, ...request })

/** How a request ends when the service sends this and closes the connection. */
async function outcomeOf(bytes: string | Buffer, request: Partial<HttpRequest> = {}): Promise<string> {
  reply = (socket) => socket.end(bytes)
  return get(request).then(
    ({ status }) => `status ${status}`,
    (error: { kind?: string }) => error.kind ?? String(error),
  )
}

function response(body: Buffer, ...headers: readonly string[]): Buffer {
  const head = ['HTTP/1.1 200 OK', ...headers, `content-length: ${body.length}`, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head), body])
}

const zeros = Buffer.alloc(5_000_000)
const small: Partial<HttpRequest> = { maxResponseBytes: 1_000_000 }

describe('an answer that grows when it is unpacked', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['gzip, gzip', gzipSync(gzipSync(zeros))],
    ['gzip, br', brotliCompressSync(gzipSync(zeros))],
  ])('by %s is not unpacked beyond its limit', async (encoding, body) => {
    expect(await outcomeOf(response(body, `content-encoding: ${encoding}`), small)).toBe('limit')
  })

  it('by more encodings than anybody has a use for is not unpacked at all', async () => {
    const body = gzipSync(gzipSync(gzipSync(gzipSync('x'))))
    const nested = 'content-encoding: gzip, gzip, gzip, gzip'
    expect(await outcomeOf(response(body, nested))).toBe('communication')
    const repeated = Array.from({ length: 4 }, () => 'content-encoding: gzip')
    expect(await outcomeOf(response(body, ...repeated))).toBe('communication')
  })

  it.each(['gzip', 'br', 'deflate'])('and that is no %s though it says so is refused', async (encoding) => {
    expect(await outcomeOf(response(Buffer.from('{"a":1}'), `content-encoding: ${encoding}`))).toBe('communication')
  })
})

describe('an answer without an end', () => {
  it('is cut at its limit, however it is framed', async () => {
    for (const head of ['transfer-encoding: chunked', 'x: y']) {
      const isChunked = head.startsWith('transfer')
      reply = (socket) => {
        socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`)
        const block = Buffer.alloc(65_536, 97)
        const piece = isChunked ? Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]) : block
        const pump = (): void => {
          while (!socket.destroyed && socket.write(piece));
        }
        socket.on('drain', pump)
        pump()
      }
      await expect(get(small)).rejects.toMatchObject({
        kind: 'limit',
        detail: expect.stringContaining('1000000 bytes'),
      })
    }
  })

  it('is given up when its time is over, though a byte comes now and then', async () => {
    reply = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n')
      const drip = setInterval(() => socket.write('a'), 10)
      socket.on('close', () => clearInterval(drip))
    }
    await expect(get({ timeoutMs: 150 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('counts once its headers are there for who keeps a beginning only: the rest is not read, nor waited for', async () => {
    const begins = (headers: string, piece: Buffer, everyMs: number) => {
      reply = (socket) => {
        socket.write(`HTTP/1.1 202 Accepted\r\n${headers}\r\n\r\n`)
        const timer = setInterval(() => socket.write(piece), everyMs)
        socket.on('close', () => clearInterval(timer))
      }
    }
    begins('x: y', Buffer.alloc(65_536, 97), 1)
    expect(await get({ keepBytes: 1000 })).toMatchObject({ status: 202, text: 'a'.repeat(1000) })
    begins('content-length: 1000000', Buffer.from('a'), 10)
    expect(await get({ keepBytes: 1000, timeoutMs: 1500 })).toMatchObject({
      status: 202,
      text: expect.stringMatching(/^a{1,999}$/),
    })
    begins('content-encoding: gzip', gzipSync(randomBytes(65_536)), 1)
    expect(await get({ keepBytes: 1000 })).toMatchObject({ status: 202, text: '' })
    expect(await outcomeOf(response(gzipSync('x'.repeat(900)), 'content-encoding: gzip'), { keepBytes: 100 })).toBe(
      'status 200',
    )
    reply = (socket) => socket.write('HTTP/1.1 200 OK\r\n')
    await expect(get({ keepBytes: 1000, timeoutMs: 150 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('is given up when only its headers drip', async () => {
    reply = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const drip = setInterval(() => socket.write('x: y\r\n'), 10)
      socket.on('close', () => clearInterval(drip))
    }
    await expect(get({ timeoutMs: 150 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('that announces more than its limit is cut as soon as the limit is reached', async () => {
    reply = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n')
      socket.write(Buffer.alloc(2_000_000))
    }
    await expect(get(small)).rejects.toMatchObject({ kind: 'limit' })
  })
})

describe('an answer that is no proper HTTP', () => {
  it.each<[string, string, string]>([
    ['headers of 20 KiB', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_480)}\r\n\r\n`, 'limit'],
    ['too many headers', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n`, 'limit'],
    ['a content-length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: ten\r\n\r\n', 'communication'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 'communication'],
    ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n', 'communication'],
    ['less than its length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'communication'],
    ['a chunk that is cut off', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nabc', 'communication'],
    ['a chunk length of nonsense', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'communication'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'communication'],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
      'communication',
    ],
    ['no status', 'HTTP/1.1 \r\n\r\n', 'communication'],
    ['nothing', '', 'communication'],
    ['a body after 204', 'HTTP/1.1 204 No Content\r\ncontent-length: 3\r\n\r\nabc', 'status 204'],
    ['an end by closing', 'HTTP/1.0 200 OK\r\n\r\nabc', 'status 200'],
    [
      'hints before it',
      'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
      'status 200',
    ],
  ])('%s', async (_what, bytes, outcome) => {
    expect(await outcomeOf(bytes)).toBe(outcome)
  })

  it('a connection that is reset in the middle of it', async () => {
    reply = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc', () => socket.resetAndDestroy())
    }
    await expect(get()).rejects.toMatchObject({ kind: 'communication', detail: expect.stringContaining('cut') })
  })

  it('what follows it is never taken for the answer to the next request', async () => {
    const forged = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged'
    reply = (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok${forged}`)
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond'))
    }
    expect((await get()).text).toBe('ok')
    reply = (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond')
    expect((await get()).text).toBe('second')
  })
})

describe('an answer that is not what was asked for', () => {
  it.each(['{"a":', '', '{"a":1}}', "{'a':1}", '\u0000'])('%j is not JSON', async (body) => {
    reply = (socket) => socket.end(response(Buffer.from(body), 'content-type: application/json'))
    const answer = await get()
    expect(() => answer.json()).toThrow(expect.objectContaining({ kind: 'communication' }))
  })

  it('a web page in place of JSON is told of as one', async () => {
    reply = (socket) => socket.end(response(Buffer.from('\n<!doctype html><title>Sign in</title>')))
    const answer = await get()
    const detail = expect.stringMatching(/web page.*Sign in/s)
    expect(() => answer.json()).toThrow(expect.objectContaining({ kind: 'communication', detail }))
  })

  it('gives its bytes as they came, whatever its text makes of them', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0xfe])
    reply = (socket) => socket.end(response(gzipSync(bytes), 'content-encoding: gzip'))
    const answer = await get()
    expect(Buffer.from(answer.bytes)).toEqual(bytes)
    expect(answer.text).toBe('\u0000\ufffd\ufffd')
  })
})

describe('secrets of a request', () => {
  const CANARY = 'canary-7f3a'
  const secret: HttpRequest = {
    url: '',
    method: 'POST',
    headers: { authorization: `Bearer ${CANARY}`, 'x-api-key': CANARY },
    query: { access_token: CANARY },
    json: { password: CANARY },
    timeoutMs: 100,
  }
  const redirect = (location: string) => `HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`

  it.each<[string, Partial<HttpRequest>, string | undefined]>([
    ['nobody listens', { url: `http://127.0.0.1:1/?key=${CANARY}` }, ''],
    ['the name does not exist', { url: `http://no-such-host.invalid/?key=${CANARY}` }, ''],
    ['the address is private', { url: `http://10.0.0.1/?key=${CANARY}` }, ''],
    ['the port is not allowed', { url: `http://example.com:22/?key=${CANARY}` }, ''],
    ['the URL is none', { url: `http://:80/?key=${CANARY}` }, ''],
    ['the URL is none and holds a password', { url: `http://user:${CANARY}@:80/` }, ''],
    ['the URL holds a password', { url: `http://user:${CANARY}@example.com/` }, ''],
    ['a header cannot be sent', { headers: { 'x-api-key': `${CANARY}\r\nx: y` } }, ''],
    ['a header is reserved', { headers: { host: CANARY } }, ''],
    ['there are two bodies', { text: CANARY }, ''],
    ['the body cannot be written', { json: { [CANARY]: 1n as never } }, ''],
    ['the service never answers', {}, undefined],
    ['the service cuts the connection', {}, ''],
    ['the service redirects to nowhere', {}, redirect(`http://:80/?key=${CANARY}`)],
    ['the service redirects to a private address', {}, redirect(`http://10.0.0.1/?key=${CANARY}`)],
    ['the service redirects for ever', { maxRedirects: 1 }, redirect(`/?key=${CANARY}`)],
  ])('are in no error when %s', async (_what, request, answer) => {
    reply = (socket) => {
      if (answer !== undefined) socket.end(answer)
    }
    const failed = await egress.http.request({ ...secret, url: `${base}/?key=${CANARY}`, ...request }).then(
      () => 'answered',
      (error: unknown) => error,
    )
    expect(failed).toBeInstanceOf(Error)
    expect(inspect(failed, { depth: 10, showHidden: true })).not.toContain(CANARY)
  })
})
