import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { BSON, type Document } from 'mongodb'
import { compareBy, matches } from './matching.js'

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER = 16

/** What answers to one command; undefined where the stub shall answer itself. */
export type CommandHandler = (command: Document) => Document | undefined

/** What the stub is like. */
export interface StubOptions {
  readonly documents?: Document[]
  /** Of the one user, who signs in with SCRAM-SHA-256. Absent: everybody may do everything. */
  readonly password?: string
  /** What `hello` says beyond the usual, as the members of a replica set. */
  readonly hello?: Document
  readonly handle?: CommandHandler
  /** PEM; with it the server speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** A server that speaks as much of MongoDB's wire protocol as the driver needs for the connector's requests. */
export interface StubMongod {
  readonly port: number
  /** Commands as they arrived, without those about the connection itself. */
  readonly commands: Document[]
  close(): Promise<void>
}

/** Starts the server on a port that is free. */
export async function startStubMongod(options: StubOptions = {}): Promise<StubMongod> {
  const commands: Document[] = []
  const sockets = new Set<Socket>()
  const serve = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {})
    const conversation = new Conversation(options, commands)
    readMessages(socket, (message) => {
      const answer = conversation.answer(message)
      if (answer !== undefined) socket.write(answer)
    })
  }
  const server = (options.tls === undefined ? createServer(serve) : createTlsServer(options.tls, serve)).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  return {
    port,
    commands,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function readMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let unread = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk])
    while (unread.length >= HEADER && unread.length >= unread.readInt32LE(0)) {
      const size = unread.readInt32LE(0)
      onMessage(unread.subarray(0, size))
      unread = unread.subarray(size)
    }
  })
}

const SILENT: ReadonlySet<string> = new Set(['hello', 'ismaster', 'saslStart', 'saslContinue', 'endSessions'])

class Conversation {
  readonly #options: StubOptions
  readonly #commands: Document[]
  readonly #scram: Scram
  #isSignedIn: boolean

  constructor(options: StubOptions, commands: Document[]) {
    this.#options = options
    this.#commands = commands
    this.#scram = new Scram(options.password ?? '')
    this.#isSignedIn = options.password === undefined
  }

  answer(message: Buffer): Buffer | undefined {
    const [request, opcode] = [message.readInt32LE(4), message.readInt32LE(12)]
    const command = opcode === OP_QUERY ? queryOf(message) : messageOf(message)
    const [name = ''] = Object.keys(command)
    if (!SILENT.has(name)) this.#commands.push(command)
    const answer = this.#answerTo(name, command)
    return answer === undefined ? undefined : framed(answer, request, opcode)
  }

  #answerTo(name: string, command: Document): Document | undefined {
    if (/^(?:hello|ismaster)$/i.test(name))
      return { ...HELLO, saslSupportedMechs: ['SCRAM-SHA-256'], ...this.#options.hello }
    if (name === 'saslStart' || name === 'saslContinue') return this.#signIn(command)
    if (!this.#isSignedIn)
      return { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'command requires authentication' }
    const handled = this.#options.handle?.(command)
    if (handled !== undefined) return 'silence' in handled ? undefined : handled
    return name === 'find' ? this.#find(command) : { ok: 1, n: 1, nModified: 1 }
  }

  #signIn({ payload }: Document): Document {
    const { answer, isDone } = this.#scram.answer(Buffer.from(payload.buffer).toString())
    this.#isSignedIn ||= isDone
    if (answer === undefined)
      return { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' }
    return { ok: 1, conversationId: 1, done: isDone, payload: Buffer.from(answer) }
  }

  #find({ find, filter = {}, sort = {}, skip = 0, limit, $db }: Document): Document {
    const found = (this.#options.documents ?? [])
      .filter((document) => matches(document, filter))
      .toSorted(compareBy(sort))
    const firstBatch = found.slice(skip, limit === undefined ? undefined : skip + limit)
    return { ok: 1, cursor: { id: BSON.Long.ZERO, ns: `${$db}.${find}`, firstBatch } }
  }
}

const HELLO = {
  ok: 1,
  isWritablePrimary: true,
  ismaster: true,
  helloOk: true,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
}

function queryOf(message: Buffer): Document {
  const nameEnd = message.indexOf(0, HEADER + 4)
  return BSON.deserialize(message.subarray(nameEnd + 1 + 8), { promoteBuffers: false })
}

/** The sections of a message: one document, and lists of documents that belong into it. */
function messageOf(message: Buffer): Document {
  let command: Document = {}
  for (let at = HEADER + 4; at < message.length; ) {
    const kind = message.readUInt8(at)
    const size = message.readInt32LE(at + 1)
    const section = message.subarray(at + 1, at + 1 + size)
    command = { ...command, ...(kind === 0 ? BSON.deserialize(section) : sequenceOf(section)) }
    at += 1 + size
  }
  return command
}

function sequenceOf(section: Buffer): Document {
  const nameEnd = section.indexOf(0, 4)
  const documents: Document[] = []
  for (let at = nameEnd + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(BSON.deserialize(section.subarray(at, at + section.readInt32LE(at))))
  }
  return { [section.subarray(4, nameEnd).toString()]: documents }
}

function framed(answer: Document, request: number, opcode: number): Buffer {
  const body = Buffer.from(BSON.serialize(answer))
  const prefix = Buffer.alloc(opcode === OP_QUERY ? 20 : 5)
  if (opcode === OP_QUERY) prefix.writeInt32LE(1, 16)
  const header = Buffer.alloc(HEADER)
  header.writeInt32LE(HEADER + prefix.length + body.length, 0)
  header.writeInt32LE(request, 8)
  header.writeInt32LE(opcode === OP_QUERY ? OP_REPLY : OP_MSG, 12)
  return Buffer.concat([header, prefix, body])
}

/** The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677). */
class Scram {
  readonly #password: string
  #first = ''
  #challenge = ''

  constructor(password: string) {
    this.#password = password
  }

  answer(message: string): { readonly answer?: string; readonly isDone: boolean } {
    if (message.startsWith('n,')) {
      this.#first = message.slice(3)
      const nonce = /r=(.*)/.exec(this.#first)?.[1]
      this.#challenge = `r=${nonce}server,s=${Buffer.from('salt').toString('base64')},i=4096`
      return { answer: this.#challenge, isDone: false }
    }
    const [final = '', proof = ''] = message.split(',p=')
    const salted = pbkdf2Sync(this.#password, 'salt', 4096, 32, 'sha256')
    const clientKey = hmac(salted, 'Client Key')
    const signed = `${this.#first},${this.#challenge},${final}`
    const signature = hmac(createHash('sha256').update(clientKey).digest(), signed)
    const wanted = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
    if (!wanted.equals(Buffer.from(proof, 'base64'))) return { isDone: false }
    return { answer: `v=${hmac(hmac(salted, 'Server Key'), signed).toString('base64')}`, isDone: true }
  }
}

function hmac(key: Buffer, message: string): Buffer {
  return createHmac('sha256', key).update(message).digest()
}
