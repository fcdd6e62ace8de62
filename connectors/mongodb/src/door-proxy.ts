import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { isInlayError, type NetDoor, StepError } from '@inlay/sdk/connector'
import { SOCKS, SocksReader, type Target } from './socks.js'

/** Where the driver finds the proxy, and what lets it in. */
export interface ProxyAddress {
  readonly proxyHost: string
  readonly proxyPort: number
  readonly proxyUsername: string
  readonly proxyPassword: string
}

/** What the proxy leads through. */
interface DoorProxyOptions {
  readonly net: NetDoor
  readonly signal: AbortSignal
  /** Is told of each way that the door did not open. */
  readonly onRefused: (error: unknown) => void
}

/**
 * A SOCKS 5 proxy (RFC 1928, RFC 1929) on this machine's loopback address, for a driver that takes no sockets but knows
 * proxies: every connection that it asks for is made by the safe door, which looks up and checks the name. It lives for
 * one step, and lets in only who knows its random password.
 */
export class DoorProxy {
  readonly #server: Server
  readonly #options: DoorProxyOptions
  readonly #sockets = new Set<Socket>()
  readonly #username = randomBytes(16).toString('hex')
  readonly #password = randomBytes(32).toString('hex')
  #isClosed = false
  #opened = 0

  constructor(options: DoorProxyOptions) {
    this.#options = options
    this.#server = createServer((socket) => {
      this.#keep(socket)
      this.#serve(socket).catch(() => socket.destroy())
    })
  }

  /** How many connections the door has opened. */
  get opened(): number {
    return this.#opened
  }

  /** Begins to listen on a port that is free. */
  async listen(): Promise<ProxyAddress> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    // A server that listens on TCP has an address of this shape.
    const { port } = this.#server.address() as AddressInfo
    const credentials = { proxyUsername: this.#username, proxyPassword: this.#password }
    return { proxyHost: '127.0.0.1', proxyPort: port, ...credentials }
  }

  /** Ends it with all connections through it. Safe to call twice. */
  close(): void {
    this.#isClosed = true
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  async #serve(socket: Socket): Promise<void> {
    const client = new SocksReader(socket)
    if (!(await client.greeting())) return void socket.end(SOCKS.noMethod)
    socket.write(SOCKS.passwordPlease)
    const { username, password } = await client.signIn()
    if (username !== this.#username || password !== this.#password) return void socket.end(SOCKS.wrongPassword)
    socket.write(SOCKS.welcome)
    const target = await client.target()
    if (target === undefined) return void socket.end(SOCKS.notSupported)
    const remote = await this.#open(target)
    if (remote === undefined) return void socket.end(SOCKS.refused)
    client.release()
    socket.write(SOCKS.connected)
    join(socket, remote)
  }

  async #open({ host, port }: Target): Promise<Socket | undefined> {
    const { net, signal, onRefused } = this.#options
    try {
      const remote = await net.connect({ host, port, signal })
      this.#keep(remote)
      this.#opened += 1
      return remote
    } catch (error) {
      onRefused(
        isInlayError(error) ? error : new StepError('communication', 'MongoDB was not reached', { cause: error }),
      )
      return undefined
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
    if (this.#isClosed) socket.destroy()
  }
}

function join(socket: Socket, remote: Socket): void {
  socket.on('close', () => remote.destroy())
  remote.on('close', () => socket.destroy())
  socket.pipe(remote)
  remote.pipe(socket)
}
