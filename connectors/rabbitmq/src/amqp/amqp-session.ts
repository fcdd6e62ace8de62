import type { Socket } from 'node:net'
import { type JsonObject, StepError } from '@inlay/sdk/connector'
import { closedBy } from './amqp-failure.js'
import { FRAME, type Frame, FrameReader, frameOf, MAX_FRAME_BYTES } from './frames.js'
import { BASIC_CLASS, METHOD } from './methods.js'
import { readProperties, writeProperties } from './properties.js'
import { WireReader, WireWriter } from './wire.js'

/** A message's content. */
export interface Content {
  readonly properties: JsonObject
  readonly body: Buffer
}

/** What the broker says: a method with its arguments, and for messages their content. */
export interface Said {
  readonly method: number
  readonly args: WireReader
  readonly content?: Content
}

interface Incoming {
  readonly method: number
  readonly args: WireReader
  properties?: JsonObject
  size: number
  readonly pieces: Buffer[]
}

const CHANNEL = 1
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
const TIMEOUT_MS = 30_000
const WITH_CONTENT: ReadonlySet<number> = new Set([METHOD.basicGetOk, METHOD.basicReturn])

/** A conversation with a broker (AMQP 0-9-1) over a socket that is open already: one channel, one question at a time. */
export class AmqpSession {
  private readonly said: Said[] = []
  private waiting: { resolve: (said: Said) => void; reject: (error: unknown) => void } | undefined
  private failure: unknown
  private incoming: Incoming | undefined
  private stage: 'sign-in' | 'work' = 'sign-in'
  private maxFrame = MAX_FRAME_BYTES

  constructor(private readonly socket: Socket) {
    const reader = new FrameReader()
    socket.on('data', (bytes: Buffer) => {
      try {
        for (const frame of reader.push(bytes)) this.take(frame)
      } catch (error) {
        this.fail(error)
      }
    })
    socket.on('error', (error) => this.fail(error))
    socket.on('close', () => this.fail(new Error('The connection was cut')))
  }

  /** Signs in and opens a channel. @throws StepError by the broker's reply code */
  async open(user: {
    readonly username: string
    readonly password: string
    readonly virtualHost: string
  }): Promise<void> {
    this.socket.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1'))
    await this.expect(METHOD.connectionStart)
    const startOk = new WireWriter()
      .table({ product: 'Inlay', capabilities: { authentication_failure_close: true, 'basic.nack': true } })
      .shortText('PLAIN')
      .longText(`\0${user.username}\0${user.password}`)
      .shortText('en_US')
    this.send(METHOD.connectionStartOk, startOk, 0)
    const { args } = await this.expect(METHOD.connectionTune)
    args.short()
    const offered = args.long()
    this.maxFrame = offered === 0 ? MAX_FRAME_BYTES : Math.min(offered, MAX_FRAME_BYTES)
    // No heartbeat: a session lasts seconds, and each answer has its own time-out.
    this.send(METHOD.connectionTuneOk, new WireWriter().short(CHANNEL).long(this.maxFrame).short(0), 0)
    this.stage = 'work'
    this.send(METHOD.connectionOpen, new WireWriter().shortText(user.virtualHost).shortText('').octet(0), 0)
    await this.expect(METHOD.connectionOpenOk)
    this.send(METHOD.channelOpen, new WireWriter().shortText(''))
    await this.expect(METHOD.channelOpenOk)
  }

  /** Sends a method. */
  send(method: number, args: WireWriter, channel = CHANNEL): void {
    this.socket.write(frameOf(FRAME.method, channel, new WireWriter().long(method).add(args.bytes()).bytes()))
  }

  /** Sends the content that belongs to the method before. */
  sendContent({ properties, body }: Content): void {
    const head = new WireWriter().short(BASIC_CLASS).short(0).longLong(BigInt(body.length))
    this.socket.write(frameOf(FRAME.header, CHANNEL, head.add(writeProperties(properties)).bytes()))
    const room = this.maxFrame - 8
    for (let at = 0; at < body.length; at += room) {
      this.socket.write(frameOf(FRAME.body, CHANNEL, body.subarray(at, at + room)))
    }
  }

  /** The next thing the broker says, which must be one of these. */
  async expect(...methods: readonly number[]): Promise<Said> {
    const said = await this.next()
    if (methods.includes(said.method)) return said
    throw new StepError('communication', 'RabbitMQ said something else than was asked for', {
      detail: `Method ${said.method >> 16}.${said.method & 0xffff}.`,
    })
  }

  /** Closes the channel, after which all that was sent on it is done, and the connection. */
  async close(): Promise<void> {
    const reason = new WireWriter().short(200).shortText('').short(0).short(0)
    this.send(METHOD.channelClose, reason)
    while ((await this.next()).method !== METHOD.channelCloseOk);
    this.send(METHOD.connectionClose, reason, 0)
    // All is done by now: the goodbye only spares the broker's log a warning.
    await this.next().catch(() => {})
    this.socket.end()
  }

  private async next(): Promise<Said> {
    const early = this.said.shift()
    if (early !== undefined) return early
    if (this.failure !== undefined) throw this.failure
    const timer = setTimeout(() => this.fail(late()), TIMEOUT_MS)
    try {
      return await new Promise((resolve, reject) => {
        this.waiting = { resolve, reject }
      })
    } finally {
      clearTimeout(timer)
    }
  }

  private take({ type, payload }: Frame): void {
    if (type === FRAME.method) this.takeMethod(new WireReader(payload))
    else if (type === FRAME.header) this.takeHeader(new WireReader(payload))
    else if (type === FRAME.body) this.takeBody(payload)
  }

  private takeMethod(args: WireReader): void {
    const method = args.long()
    if (method === METHOD.connectionClose || method === METHOD.channelClose) {
      throw closedBy(args.short(), args.shortText(), this.stage)
    }
    if (method === METHOD.channelFlow) this.send(METHOD.channelFlowOk, new WireWriter().octet(args.octet()))
    else if (WITH_CONTENT.has(method)) this.incoming = { method, args, size: 0, pieces: [] }
    else this.tell({ method, args })
  }

  private takeHeader(reader: WireReader): void {
    if (this.incoming === undefined) throw new Error('Content came without a method')
    reader.long()
    const size = Number(reader.longLong())
    if (size > MAX_MESSAGE_BYTES) {
      throw new StepError('limit', 'The queue holds a message that is too large', {
        detail: `It has ${size} bytes; ${MAX_MESSAGE_BYTES} are taken.`,
      })
    }
    this.incoming.size = size
    this.incoming.properties = readProperties(reader.rest())
    this.complete()
  }

  private takeBody(payload: Buffer): void {
    if (this.incoming === undefined) throw new Error('Content came without a method')
    this.incoming.pieces.push(payload)
    this.complete()
  }

  private complete(): void {
    if (this.incoming === undefined) return
    const { method, args, properties = {}, size, pieces } = this.incoming
    const have = pieces.reduce((sum, { length }) => sum + length, 0)
    if (have < size) return
    this.incoming = undefined
    this.tell({ method, args, content: { properties, body: Buffer.concat(pieces) } })
  }

  private tell(said: Said): void {
    const { waiting } = this
    this.waiting = undefined
    if (waiting === undefined) this.said.push(said)
    else waiting.resolve(said)
  }

  private fail(error: unknown): void {
    this.failure ??= error
    this.waiting?.reject(this.failure)
    this.waiting = undefined
  }
}

function late(): StepError {
  return new StepError('timeout', 'RabbitMQ does not answer', {
    detail: 'A broker that is short of memory or disk space takes no messages until there is room again.',
  })
}
