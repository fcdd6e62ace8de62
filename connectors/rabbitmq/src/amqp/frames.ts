import { StepError } from '@inlay/sdk/connector'

/** The kinds of frames of AMQP 0-9-1. */
export const FRAME = { method: 1, header: 2, body: 3, heartbeat: 8 } as const

/** One frame, without its end mark. */
export interface Frame {
  readonly type: number
  readonly channel: number
  readonly payload: Buffer
}

const HEAD = 7
const END = 0xce
/** Our side of the negotiation: larger messages come in several frames. */
export const MAX_FRAME_BYTES = 131_072

/** Writes one frame. */
export function frameOf(type: number, channel: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUInt8(type, 0)
  head.writeUInt16BE(channel, 1)
  head.writeUInt32BE(payload.length, 3)
  return Buffer.concat([head, payload, Buffer.of(END)])
}

/** Takes frames out of what arrives in pieces. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0)

  /** The frames that are complete with these bytes. @throws StepError `communication` for what is no frame */
  push(bytes: Buffer): Frame[] {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes])
    const frames: Frame[] = []
    for (let frame = this.next(); frame !== undefined; frame = this.next()) frames.push(frame)
    return frames
  }

  private next(): Frame | undefined {
    // A broker that does not like the version says "AMQP" and its own; another service says something else.
    const type = this.pending[0]
    if (type !== undefined && !KNOWN.has(type)) throw noFrame(this.pending)
    if (this.pending.length < HEAD) return undefined
    const size = this.pending.readUInt32BE(3)
    if (size > MAX_FRAME_BYTES) throw noFrame(this.pending)
    const end = HEAD + size
    if (this.pending.length <= end) return undefined
    if (this.pending[end] !== END) throw noFrame(this.pending)
    const frame = {
      type: this.pending.readUInt8(0),
      channel: this.pending.readUInt16BE(1),
      payload: this.pending.subarray(HEAD, end),
    }
    this.pending = this.pending.subarray(end + 1)
    return frame
  }
}

const KNOWN = new Set<number>(Object.values(FRAME))

function noFrame(bytes: Buffer): StepError {
  const begin = bytes
    .subarray(0, 40)
    .toString('latin1')
    .replaceAll(/[^ -~]/g, '.')
  return new StepError('communication', 'The server does not speak AMQP 0-9-1', {
    detail: `It said: ${begin}. Check address and port of the connection.`,
    retryable: false,
  })
}
