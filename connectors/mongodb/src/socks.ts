import type { Socket } from 'node:net'

/** Where the other side wants to go. */
export interface Target {
  readonly host: string
  readonly port: number
}

const NOWHERE = [0, 1, 0, 0, 0, 0, 0, 0]

/** What a SOCKS 5 server says (RFC 1928 section 3 and 6, RFC 1929 section 2). */
export const SOCKS = {
  noMethod: Buffer.from([5, 0xff]),
  passwordPlease: Buffer.from([5, 2]),
  welcome: Buffer.from([1, 0]),
  wrongPassword: Buffer.from([1, 1]),
  connected: Buffer.from([5, 0, ...NOWHERE]),
  /** By the rules of the server. */
  refused: Buffer.from([5, 2, ...NOWHERE]),
  notSupported: Buffer.from([5, 7, ...NOWHERE]),
} as const

const MAX_UNREAD_BYTES = 1024
const PASSWORD = 2
const CONNECT = 1
const [IPV4, NAME, IPV6] = [1, 3, 4]

/** What a SOCKS 5 client says, byte by byte. */
export class SocksReader {
  readonly #socket: Socket
  #unread = Buffer.alloc(0)
  #isOver = false
  #wake = (): void => {}

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', this.#onData)
    socket.on('close', this.#onClose)
  }

  /** Whether the other side speaks SOCKS 5 and can sign in with a password. */
  async greeting(): Promise<boolean> {
    const [version, count = 0] = await this.#take(2)
    return version === 5 && (await this.#take(count)).includes(PASSWORD)
  }

  /** The user name and password that the other side gives. */
  async signIn(): Promise<{ readonly username: string; readonly password: string }> {
    const [, userLength = 0] = await this.#take(2)
    const username = (await this.#take(userLength)).toString()
    const [passwordLength = 0] = await this.#take(1)
    return { username, password: (await this.#take(passwordLength)).toString() }
  }

  /** Where the other side wants to go; undefined when it wants something else. */
  async target(): Promise<Target | undefined> {
    const [version, command, , kind] = await this.#take(4)
    if (version !== 5 || command !== CONNECT) return undefined
    const host = await this.#host(kind)
    return host === undefined ? undefined : { host, port: (await this.#take(2)).readUInt16BE(0) }
  }

  /** Leaves the socket, with what it has sent since, to others. */
  release(): void {
    this.#socket.off('data', this.#onData)
    this.#socket.off('close', this.#onClose)
    this.#socket.pause()
    if (this.#unread.length > 0) this.#socket.unshift(this.#unread)
  }

  async #host(kind: number | undefined): Promise<string | undefined> {
    if (kind === IPV4) return [...(await this.#take(4))].join('.')
    if (kind === IPV6) return (await this.#take(16)).toString('hex').match(/.{4}/g)?.join(':')
    if (kind !== NAME) return undefined
    const [length = 0] = await this.#take(1)
    return (await this.#take(length)).toString()
  }

  /** Exactly so many bytes. @throws Error when the other side is gone */
  async #take(count: number): Promise<Buffer> {
    while (this.#unread.length < count) {
      if (this.#isOver) throw new Error('The connection was cut')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const bytes = this.#unread.subarray(0, count)
    this.#unread = this.#unread.subarray(count)
    return bytes
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#unread = Buffer.concat([this.#unread, chunk])
    // A client waits for an answer to each of its messages, all of which are short.
    if (this.#unread.length > MAX_UNREAD_BYTES) this.#socket.destroy()
    this.#wake()
  }

  readonly #onClose = (): void => {
    this.#isOver = true
    this.#wake()
  }
}
