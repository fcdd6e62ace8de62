import { type JsonObject, type JsonValue, jsonObject, StepError } from '@inlay/sdk/connector'

const MAX_SHORT_TEXT = 255

/** Puts values together as AMQP 0-9-1 writes them (section 4.2.5 of its specification). */
export class WireWriter {
  private readonly parts: Buffer[] = []

  octet(value: number): this {
    return this.add(Buffer.of(value))
  }

  short(value: number): this {
    const bytes = Buffer.alloc(2)
    bytes.writeUInt16BE(value)
    return this.add(bytes)
  }

  long(value: number): this {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return this.add(bytes)
  }

  longLong(value: bigint): this {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64BE(value)
    return this.add(bytes)
  }

  /** @throws StepError `validation` for more than 255 bytes */
  shortText(text: string): this {
    const bytes = Buffer.from(text)
    if (bytes.length > MAX_SHORT_TEXT) {
      throw new StepError('validation', 'A name or property of the message is too long', {
        detail: `"${text.slice(0, 50)}…" has ${bytes.length} bytes; AMQP takes ${MAX_SHORT_TEXT}.`,
      })
    }
    return this.octet(bytes.length).add(bytes)
  }

  longText(text: string): this {
    const bytes = Buffer.from(text)
    return this.long(bytes.length).add(bytes)
  }

  /** Names of up to 255 bytes, with a letter for the type of each value. */
  table(values: Readonly<Record<string, JsonValue>>): this {
    const inner = new WireWriter()
    for (const [name, value] of Object.entries(values)) inner.shortText(name).value(value)
    const bytes = inner.bytes()
    return this.long(bytes.length).add(bytes)
  }

  add(bytes: Buffer): this {
    this.parts.push(bytes)
    return this
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts)
  }

  private value(value: JsonValue): this {
    if (value === null) return this.letter('V')
    if (typeof value === 'boolean') return this.letter('t').octet(value ? 1 : 0)
    if (typeof value === 'string') return this.letter('S').longText(value)
    if (typeof value === 'number') return this.number(value)
    return Array.isArray(value) ? this.list(value) : this.letter('F').table(jsonObject.parse(value))
  }

  private list(values: readonly JsonValue[]): this {
    const inner = new WireWriter()
    for (const value of values) inner.value(value)
    const bytes = inner.bytes()
    return this.letter('A').long(bytes.length).add(bytes)
  }

  private number(value: number): this {
    const bytes = Buffer.alloc(8)
    if (Number.isSafeInteger(value)) {
      bytes.writeBigInt64BE(BigInt(value))
      return this.letter('l').add(bytes)
    }
    bytes.writeDoubleBE(value)
    return this.letter('d').add(bytes)
  }

  private letter(letter: string): this {
    return this.add(Buffer.from(letter, 'latin1'))
  }
}

/** Takes values out of what a broker has sent. @throws RangeError when there is less than was announced */
export class WireReader {
  private at = 0

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length
  }

  octet(): number {
    return this.take(1).readUInt8()
  }

  short(): number {
    return this.take(2).readUInt16BE()
  }

  long(): number {
    return this.take(4).readUInt32BE()
  }

  longLong(): bigint {
    return this.take(8).readBigUInt64BE()
  }

  shortText(): string {
    return this.take(this.octet()).toString()
  }

  longText(): string {
    return this.take(this.long()).toString()
  }

  table(): JsonObject {
    const inner = new WireReader(this.take(this.long()))
    const entries: [string, JsonValue][] = []
    while (!inner.isAtEnd) entries.push([inner.shortText(), inner.value()])
    return Object.fromEntries(entries)
  }

  private value(): JsonValue {
    const letter = this.take(1).toString('latin1')
    const read = VALUES[letter]
    if (read === undefined) throw new RangeError(`A table holds a value of the unknown type "${letter}"`)
    return read(this)
  }

  list(): JsonValue[] {
    const inner = new WireReader(this.take(this.long()))
    const values: JsonValue[] = []
    while (!inner.isAtEnd) values.push(inner.value())
    return values
  }

  /** All that is left. */
  rest(): Buffer {
    return this.take(this.bytes.length - this.at)
  }

  take(size: number): Buffer {
    if (this.at + size > this.bytes.length) throw new RangeError('A frame ends too early')
    this.at += size
    return this.bytes.subarray(this.at - size, this.at)
  }
}

/** The types of RabbitMQ's own list of errata, where it departs from the specification. */
const VALUES: Readonly<Record<string, (reader: WireReader) => JsonValue>> = {
  t: (reader) => reader.octet() !== 0,
  b: (reader) => reader.take(1).readInt8(),
  B: (reader) => reader.octet(),
  s: (reader) => reader.take(2).readInt16BE(),
  u: (reader) => reader.short(),
  I: (reader) => reader.take(4).readInt32BE(),
  i: (reader) => reader.long(),
  l: (reader) => plain(reader.take(8).readBigInt64BE()),
  f: (reader) => finite(reader.take(4).readFloatBE()),
  d: (reader) => finite(reader.take(8).readDoubleBE()),
  D: (reader) => decimal(reader.octet(), reader.take(4).readInt32BE()),
  S: (reader) => reader.longText(),
  x: (reader) => reader.take(reader.long()).toString('base64'),
  A: (reader) => reader.list(),
  T: (reader) => plain(reader.longLong()),
  F: (reader) => reader.table(),
  V: () => null,
}

function plain(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

function decimal(places: number, digits: number): number {
  return Number(`${digits}e-${places}`)
}
