import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { type NetDoor, StepError } from '@inlay/sdk/connector'
import { afterEach, describe, expect, it } from 'vitest'
import { parseConnectionString } from './connection-string.js'
import { DoorProxy } from './door-proxy.js'
import { type SeedResolver, withHosts } from './seed-list.js'

const proxies: DoorProxy[] = []
const signal = new AbortController().signal

/** A proxy through a door that leads nowhere, but tells where it was to lead. */
async function proxyTo(asked: string[]) {
  const refused: unknown[] = []
  const net: NetDoor = {
    connect: ({ host, port }) => {
      asked.push(`${host}:${port}`)
      return Promise.reject(new StepError('rejected', 'The address is not allowed'))
    },
  }
  const proxy = new DoorProxy({ net, signal, onRefused: (error) => refused.push(error) })
  proxies.push(proxy)
  return { address: await proxy.listen(), refused, proxy }
}

/** Sends the parts one after the other, each when the one before was answered, and gives the last answer. */
async function talk(port: number, parts: readonly Buffer[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  for (const part of parts) {
    socket.write(part)
    const [bytes] = await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => ['closed'])])
    answer = Buffer.isBuffer(bytes) ? bytes.toString('hex') : 'closed'
  }
  socket.destroy()
  return answer
}

const greeting = Buffer.from([5, 1, 2])
const textOf = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
const signInWith = (name: string, password: string) => Buffer.concat([Buffer.from([1]), textOf(name), textOf(password)])
const goTo = (host: string) => Buffer.concat([Buffer.from([5, 1, 0, 3]), textOf(host), Buffer.from([0x69, 0x89])])

describe('the proxy in front of the door', () => {
  afterEach(() => {
    for (const proxy of proxies.splice(0)) proxy.close()
  })

  it('lets in only who knows its password, which is new each time', async () => {
    const asked: string[] = []
    const { address } = await proxyTo(asked)
    const other = await proxyTo(asked)
    expect(address.proxyHost).toBe('127.0.0.1')
    expect(address.proxyPassword).not.toBe(other.address.proxyPassword)
    expect(await talk(address.proxyPort, [Buffer.from([5, 1, 0])])).toBe('05ff')
    const wrong = signInWith(address.proxyUsername, other.address.proxyPassword)
    expect(await talk(address.proxyPort, [greeting, wrong])).toBe('0101')
    expect(await talk(address.proxyPort, [Buffer.from('GET / HTTP/1.1\r\n\r\n')])).toBe('05ff')
    expect(asked).toEqual([])
  })

  it('asks the door by name, and passes on its refusal', async () => {
    const asked: string[] = []
    const { address, refused, proxy } = await proxyTo(asked)
    const signIn = signInWith(address.proxyUsername, address.proxyPassword)
    expect(await talk(address.proxyPort, [greeting, signIn, goTo('db.example.com')])).toMatch(/^0502/)
    const ip = Buffer.from([5, 1, 0, 1, 169, 254, 169, 254, 0, 80])
    expect(await talk(address.proxyPort, [greeting, signIn, ip])).toMatch(/^0502/)
    const listening = Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 80])
    expect(await talk(address.proxyPort, [greeting, signIn, listening])).toMatch(/^0507/)
    expect(asked).toEqual(['db.example.com:27017', '169.254.169.254:80'])
    expect(refused).toMatchObject([{ kind: 'rejected' }, { kind: 'rejected' }])
    expect(proxy.opened).toBe(0)
  })

  it('is gone when its step is, with all that goes through it', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}).write('hello')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    // A server that listens on TCP has an address of this shape.
    const { port } = server.address() as AddressInfo
    const net: NetDoor = {
      connect: async () => {
        const socket = connect(port, '127.0.0.1')
        await once(socket, 'connect')
        return socket
      },
    }
    const proxy = new DoorProxy({ net, signal, onRefused: () => {} })
    const { proxyPort, proxyUsername, proxyPassword } = await proxy.listen()
    const parts = [greeting, signInWith(proxyUsername, proxyPassword), goTo('db.example.com')]
    const socket = connect(proxyPort, '127.0.0.1')
    let received = ''
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1')
      const part = parts.shift()
      if (part !== undefined) socket.write(part)
    })
    socket.write(parts.shift() ?? '')
    await expect.poll(() => received).toContain('hello')
    const closed = once(socket, 'close')
    proxy.close()
    await closed
    await expect(talk(proxyPort, [greeting])).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    server.close()
  })
})

describe('connection strings', () => {
  it('are read as MongoDB defines them', () => {
    const text =
      'mongodb://us%40er:p%3Ass@a.example.com:27018,b.example.com/shop?replicaSet=rs&tls=true&authSource=admin&w=majority'
    expect(parseConnectionString(text)).toEqual({
      hosts: ['a.example.com:27018', 'b.example.com'],
      database: 'shop',
      username: 'us@er',
      password: 'p:ss',
      tls: 'verify',
      options: { replicaSet: 'rs', authSource: 'admin', w: 'majority' },
    })
    expect(parseConnectionString('mongodb+srv://c.example.com')).toMatchObject({
      srvName: 'c.example.com',
      tls: 'verify',
    })
    expect(parseConnectionString('mongodb://a/?ssl=true&tlsInsecure=true')).toMatchObject({ tls: 'unverified' })
  })

  it.each([
    'mongodb://a/?tlsCAFile=/etc/passwd',
    'mongodb://a/?tlsCertificateKeyFile=/etc/passwd',
    'mongodb://a/?proxyHost=10.0.0.1',
    'mongodb://a/?authMechanism=MONGODB-AWS',
    'mongodb://a/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:azure',
    'mongodb://%2Ftmp%2Fmongodb.sock/shop',
    'mongodb://a,/tmp/mongodb.sock',
    'mongodb+srv://a.example.com:27017/',
    'https://user:test-key@a.example.com/',
    'mongodb://user:test-key%zz@a/',
  ])('are refused when they lead elsewhere: %s', (text) => {
    const parsing = (): unknown => parseConnectionString(text)
    expect(parsing).toThrow(StepError)
    expect(parsing).not.toThrow(/test-key/)
  })

  const resolver = (hosts: string[], texts: string[][] = []): SeedResolver => ({
    resolveSrv: async () => hosts.map((name) => ({ name, port: 27_017, priority: 0, weight: 0 })),
    resolveTxt: async () => texts,
    cancel: () => {},
  })
  const srv = parseConnectionString('mongodb+srv://cluster.example.com/shop?w=1')

  it('get the servers and two options of a name from DNS', async () => {
    const texts = [['authSource=admin&replicaSet', '=rs&proxyHost=10.0.0.1']]
    const found = await withHosts(srv, signal, resolver(['a.example.com', 'b.example.com.'], texts))
    expect(found).toMatchObject({ hosts: ['a.example.com:27017', 'b.example.com:27017'] })
    expect(found.options).toEqual({ authSource: 'admin', replicaSet: 'rs', w: '1' })
  })

  it('trust no servers of another domain', async () => {
    for (const name of ['a.example.org', 'badexample.com']) {
      await expect(withHosts(srv, signal, resolver([name]))).rejects.toMatchObject({ kind: 'rejected' })
    }
    const failing = { ...resolver([]), resolveSrv: () => Promise.reject(new Error('ENOTFOUND')) }
    await expect(withHosts(srv, signal, failing)).rejects.toMatchObject({ kind: 'communication' })
  })
})
