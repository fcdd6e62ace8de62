import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** What a name server says of a name; one that is set to fail answers every question with SERVFAIL. */
export interface DnsZone {
  readonly cname?: string
  readonly a?: readonly string[]
  readonly txt?: readonly string[]
  readonly fails?: boolean
}

/** A name server on loopback, which knows what a test tells it. */
export interface DnsServer {
  /** As `DNS_SERVERS` names it. */
  readonly address: string
  /** By name, in lower case. */
  readonly zones: Map<string, DnsZone>
  close(): Promise<void>
}

const TYPES = { A: 1, CNAME: 5, TXT: 16 } as const
const [FORMAT_OK, SERVER_FAILS, NO_SUCH_NAME] = [0, 2, 3]
const HEADER_BYTES = 12

/** Answers as RFC 1035 says, over UDP. */
export async function startDnsServer(): Promise<DnsServer> {
  const zones = new Map<string, DnsZone>()
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => socket.send(answer(message, zones), peer.port, peer.address))
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  // Bound to an address and a port, it has both.
  const { port } = socket.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    zones,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

function answer(message: Buffer, zones: ReadonlyMap<string, DnsZone>): Buffer {
  const { name, end } = readName(message)
  const type = message.readUInt16BE(end)
  const question = message.subarray(HEADER_BYTES, end + 4)
  const zone = zones.get(name.toLowerCase())
  const records = zone === undefined || zone.fails === true ? [] : recordsOf(zone, type)
  const header = Buffer.alloc(HEADER_BYTES)
  message.copy(header, 0, 0, 2)
  const code = zone === undefined ? NO_SUCH_NAME : zone.fails === true ? SERVER_FAILS : FORMAT_OK
  // An answer, with recursion asked for and offered.
  header.writeUInt16BE(0x8180 | (code ?? 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(records.length, 6)
  return Buffer.concat([header, question, ...records])
}

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('ascii', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.'), end: at + 1 }
}

function recordsOf({ cname, a = [], txt = [] }: DnsZone, type: number): Buffer[] {
  // An alias is the answer whatever is asked for.
  if (cname !== undefined && type !== TYPES.TXT) return [record(TYPES.CNAME, writeName(cname))]
  if (type === TYPES.A) return a.map((address) => record(TYPES.A, Buffer.from(address.split('.').map(Number))))
  return type === TYPES.TXT ? txt.map((text) => record(TYPES.TXT, writeText(text))) : []
}

/** Of the name that was asked for, to be kept for no time. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function writeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.from([0])])
}

function writeText(text: string): Buffer {
  const pieces = text.match(/.{1,255}/gs) ?? ['']
  return Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])))
}
