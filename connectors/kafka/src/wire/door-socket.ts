import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { type NetDoor, StepError, startTls } from '@inlay/sdk/connector'

/** An answer holds at least its correlation id. */
const MIN_FRAME_BYTES = 4
const SIZE_BYTES = 4
const MAX_FRAME_BYTES = 20 * 1024 * 1024

/** How the way to a broker is encrypted. */
export interface Encryption {
  readonly tls: 'verify' | 'unverified' | 'none'
  readonly ca?: string | undefined
  readonly certificate?: string | undefined
  readonly key?: string | undefined
}

/** Which broker, and how it is reached. */
export interface DoorTarget {
  readonly net: NetDoor
  readonly signal: AbortSignal
  readonly host: string
  readonly port: number
  readonly encryption: Encryption
}

/**
 * A broker's socket as kafkajs takes it: opened through the safe door, and passing on whole answers of a sane size only,
 * because the library throws outside of any promise when an answer is shorter than its header.
 */
export class DoorSocket extends EventEmitter {
  #socket: Socket | undefined
  #isOver = false
  #chunks: Buffer[] = []
  #unread = 0
  #needed = SIZE_BYTES

  /** Begins to connect. @param onConnect is called when bytes may be sent; else there is an event `error` */
  constructor(target: DoorTarget, onConnect: () => void) {
    super()
    openSocket(target).then(
      (socket) => this.#use(socket, onConnect),
      (error: unknown) => this.#fail(error),
    )
  }

  write(bytes: Uint8Array): boolean {
    return this.#socket?.write(bytes) ?? false
  }

  /** Closes the connection, or the one that is being opened, without a word. Safe to call twice. */
  end(): void {
    this.#isOver = true
    this.#socket?.destroy()
  }

  /** Sockets of a step are closed at its end: none of them keeps the process alive. */
  unref(): void {}

  /** Closes the connection and gives up whatever waits for it. Safe to call twice. */
  destroy(): void {
    this.#fail(new Error('The connection was closed'))
  }

  #use(socket: Socket, onConnect: () => void): void {
    this.#socket = socket
    socket.on('error', (error) => this.#fail(error))
    if (this.#isOver) {
      socket.destroy()
      return
    }
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('close', () => {
      if (!this.#isOver) this.emit('end')
      this.#isOver = true
    })
    onConnect()
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#unread += chunk.length
    while (!this.#isOver && this.#unread >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? (this.#chunks[0] ?? chunk) : Buffer.concat(this.#chunks)
      const size = bytes.readInt32BE(0)
      if (size < MIN_FRAME_BYTES || size > MAX_FRAME_BYTES) {
        this.#fail(unreadable(size))
        return
      }
      const end = SIZE_BYTES + size
      const isWhole = bytes.length >= end
      const rest = isWhole ? bytes.subarray(end) : bytes
      this.#chunks = [rest]
      this.#unread = rest.length
      this.#needed = isWhole ? SIZE_BYTES : end
      if (isWhole) this.#pass(bytes.subarray(0, end))
    }
  }

  #pass(frame: Buffer): void {
    try {
      this.emit('data', frame)
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (this.#isOver) return
    this.end()
    this.emit('error', error)
  }
}

function unreadable(size: number): StepError {
  if (size < MIN_FRAME_BYTES || size > 1 << 30) {
    return new StepError('communication', 'The server does not speak the protocol of Kafka', {
      detail: 'Check server, port and encryption of the connection: a port for TLS answers like this without it.',
      retryable: false,
    })
  }
  return new StepError('limit', 'What Kafka answered is larger than 20 MiB: ask for less')
}

async function openSocket({ net, signal, host, port, encryption }: DoorTarget): Promise<Socket> {
  const socket = await net.connect({ host, port, signal })
  const { tls, ...shown } = encryption
  if (tls === 'none') return socket
  try {
    return await startTls(socket, { service: 'Kafka', host, isVerified: tls === 'verify', ...shown })
  } catch (error) {
    socket.destroy()
    throw error
  }
}
