import { createServer as createHttpServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createEgress, type Egress, type EgressOptions } from './egress.js'

const PASSWORD = 'canary:p@ss'
const CREDENTIALS = `robot:${encodeURIComponent(PASSWORD)}`

/** A proxy that opens tunnels to wherever it is asked, whatever the host is called. */
let proxy: Server
const tunnels: string[] = []
const sockets = new Set<Socket>()
let refusal = ''
let target: Server
let targetPort = 0
let proxyPort = 0
const opened: Egress[] = []

beforeAll(async () => {
  target = createHttpServer((request, response) =>
    response.end(`${request.method} ${request.url} ${request.headers.host}`),
  )
  targetPort = await listen(target)
  proxy = createHttpServer((_request, response) => response.writeHead(400).end())
  proxy.on('connect', (request, client: Socket) => {
    sockets.add(client)
    client.on('error', () => undefined)
    const expected = `Basic ${Buffer.from(`robot:${PASSWORD}`).toString('base64')}`
    const status = request.headers['proxy-authorization'] === expected ? refusal : '407 Proxy Authentication Required'
    if (status !== '') return void client.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`)
    tunnels.push(request.url ?? '')
    const server = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(server).pipe(client)
    })
    server.on('error', () => client.destroy())
    client.on('close', () => server.destroy())
  })
  proxyPort = await listen(proxy)
})

afterEach(async () => {
  tunnels.length = 0
  refusal = ''
  await Promise.all(opened.splice(0).map((egress) => egress.close()))
})

afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of [proxy, target]) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown }) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server that listens has an AddressInfo.
  return (server.address() as AddressInfo).port
}

function through(options: EgressOptions & { readonly url?: string; readonly bypass?: readonly string[] } = {}): Egress {
  const { url = `http://${CREDENTIALS}@127.0.0.1:${proxyPort}`, bypass = [], ...others } = options
  const egress = createEgress({
    allow: ['127.0.0.0/8'],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    proxy: { url, bypass },
    ...others,
  })
  opened.push(egress)
  return egress
}

describe('an outbound proxy', () => {
  it('is the way to every service: it is told the name, and the requests in the tunnel are as ever', async () => {
    const { http } = through()
    const url = `http://shop.example:${targetPort}`
    expect((await http.request({ url: `${url}/a?b=1` })).text).toBe(`GET /a?b=1 shop.example:${targetPort}`)
    // undici takes a connection back on the next turn of the event loop.
    await new Promise(setImmediate)
    expect((await http.request({ method: 'DELETE', url: `${url}/b` })).text).toContain('DELETE /b')
    // The second request takes the same tunnel.
    expect(tunnels).toEqual([`shop.example:${targetPort}`])
  })

  it('carries TLS from end to end, with the name of the service', async () => {
    const names: string[] = []
    const secure = createTlsServer({
      SNICallback: (name, done) => {
        names.push(name)
        done(new Error('no certificate'))
      },
    })
    const port = await listen(secure)
    const request = through().http.request({ url: `https://shop.example:${port}/` })
    await expect(request).rejects.toMatchObject({ kind: 'communication' })
    expect([names, tunnels]).toEqual([['shop.example'], [`shop.example:${port}`]])
    secure.close()
  })

  it('is the way of plain sockets too, and loses nothing that the service says first', async () => {
    const greeter = createServer((socket) => socket.end('220 ready\r\n'))
    const port = await listen(greeter)
    const socket = await through().net.connect({ host: 'mail.example', port })
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    expect([text, tunnels]).toEqual(['220 ready\r\n', [`mail.example:${port}`]])
    greeter.close()
  })

  it('is not asked for addresses that are not allowed', async () => {
    const { http, net } = through({ allow: [] })
    await expect(http.request({ url: 'http://inside.example/' })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(http.request({ url: 'http://169.254.169.254/' })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(http.request({ url: 'http://[::1]/' })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(net.connect({ host: 'inside.example', port: 5432 })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(net.connect({ host: 'a.example\r\nx: y', port: 5432 })).rejects.toBeInstanceOf(Error)
    expect(tunnels).toEqual([])
  })

  it('refuses host names that would be more than a name to it', async () => {
    const { net } = through()
    const smuggled = net.connect({ host: 'a.example:1 HTTP/1.1\r\nx: y', port: targetPort })
    await expect(smuggled).rejects.toMatchObject({ kind: 'validation' })
  })

  it('is passed by for the blocks that the operator names', async () => {
    const { http, net } = through({ bypass: ['127.0.0.0/8'] })
    expect((await http.request({ url: `http://shop.example:${targetPort}/` })).status).toBe(200)
    const socket = await net.connect({ host: '127.0.0.1', port: targetPort })
    socket.destroy()
    expect(tunnels).toEqual([])
  })

  it('is used when only some addresses of a name are in those blocks', async () => {
    const resolve = async () => ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }))
    const { http } = through({ bypass: ['127.0.0.1/32'], resolve })
    await http.request({ url: `http://shop.example:${targetPort}/` })
    expect(tunnels).toHaveLength(1)
  })

  it.each<[string, string, string]>([
    ['403 Forbidden', 'rejected', 'does not allow calls to shop.example'],
    ['407 Proxy Authentication Required', 'communication', 'does not accept our credentials'],
    ['502 Bad Gateway', 'communication', 'shop.example cannot be reached'],
  ])('that answers %s makes an error that says so', async (status, kind, title) => {
    refusal = status
    const { http, net } = through()
    const expected = { kind, message: expect.stringContaining(title) }
    await expect(http.request({ url: `http://shop.example:${targetPort}/` })).rejects.toMatchObject(expected)
    await expect(net.connect({ host: 'shop.example', port: targetPort })).rejects.toMatchObject(expected)
  })

  it('has its time', async () => {
    const silent = createServer((socket) => void sockets.add(socket))
    const { http, net } = through({ url: `http://127.0.0.1:${await listen(silent)}` })
    const target = { host: 'shop.example', port: targetPort }
    await expect(net.connect({ ...target, timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' })
    const request = http.request({ url: `http://shop.example:${targetPort}/`, timeoutMs: 50 })
    await expect(request).rejects.toMatchObject({ kind: 'timeout' })
    silent.close()
  })

  it('keeps its password out of all errors', async () => {
    const failed: unknown[] = []
    const collect = (error: unknown) => void failed.push(error)
    const urls = [`http://robot:canary-wrong@127.0.0.1:${proxyPort}`, `http://${CREDENTIALS}@127.0.0.1:1`]
    for (const url of urls) {
      const { http, net } = through({ url })
      await http.request({ url: `http://shop.example:${targetPort}/` }).catch(collect)
      await net.connect({ host: 'shop.example', port: targetPort }).catch(collect)
    }
    for (const url of ['robot:canary@proxy', `ftp://${CREDENTIALS}@proxy`, `http://${CREDENTIALS}@proxy/path`]) {
      expect(() => through({ url })).toThrow(expect.objectContaining({ code: 'egress.invalid_proxy' }))
      try {
        through({ url })
      } catch (error) {
        failed.push(error)
      }
    }
    expect(failed).toHaveLength(7)
    const secrets = ['canary', Buffer.from(`robot:${PASSWORD}`).toString('base64')]
    for (const secret of secrets) expect(inspect(failed, { depth: 10, showHidden: true })).not.toContain(secret)
  })
})
