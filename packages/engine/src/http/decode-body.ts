import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib'
import { StepError } from '../contracts/errors.js'
import { type RawAnswer, tooLarge } from './exchange.js'

type Decoder = (body: Buffer, options: ZlibOptions) => Promise<Buffer>

const inflateZlib: Decoder = promisify<Buffer, ZlibOptions, Buffer>(inflate)
const inflateBare: Decoder = promisify<Buffer, ZlibOptions, Buffer>(inflateRaw)
const unzip: Decoder = promisify<Buffer, ZlibOptions, Buffer>(gunzip)

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: unzip,
  'x-gzip': unzip,
  // The name means the zlib format; many servers send the bare one. The method stands in the first byte's lower half.
  deflate: (body, options) => (((body[0] ?? 0) & 0x0f) === 8 ? inflateZlib(body, options) : inflateBare(body, options)),
  br: promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress),
}

/** Encodings on top of each other; more than one is rare, and each can be a bomb. */
const MAX_ENCODINGS = 2
/** What a beginning may be decompressed to. */
const MAX_BEGINNING_BYTES = 1024 * 1024
const CHARSET = /charset\s*=\s*"?([\w-]+)/i

/**
 * The body, decompressed. The bound holds after decompression, so that a small bomb does no harm either.
 *
 * @throws StepError `limit` when it is larger than `maxBytes`, `communication` when it cannot be decompressed
 */
export async function decodeBody({ headers, body }: RawAnswer, maxBytes: number): Promise<Buffer> {
  const encoding = headers['content-encoding']
  return encoding === undefined || body.length === 0 ? body : decompress(body, encoding, maxBytes)
}

/**
 * The first bytes of a body that may have been cut off, decompressed; nothing of one that cannot be decompressed, which a
 * beginning seldom can. Never throws: who asks for no more than a beginning does not depend on it.
 */
export async function decodeBeginning(answer: RawAnswer, keepBytes: number): Promise<Buffer> {
  const body = await decodeBody(answer, MAX_BEGINNING_BYTES).catch(() => Buffer.alloc(0))
  return body.subarray(0, keepBytes)
}

/** A decompressed body as text, in the charset that its content type names. Never throws. */
export function decodeText(bytes: Buffer, contentType = ''): string {
  const charset = CHARSET.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8'
  if (charset !== 'utf-8' && charset !== 'utf8') return decodeCharset(bytes, charset)
  const text = bytes.toString('utf8')
  // A byte order mark is not part of the text, and no JSON begins with one.
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

async function decompress(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const names = encoding.split(',').map((name) => name.trim().toLowerCase())
  if (names.length > MAX_ENCODINGS) throw undecodable(encoding)
  try {
    let bytes = body
    for (const name of names.reverse()) {
      const decoder = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined
      // Names that are no compression, such as `identity`, leave the bytes as they are.
      if (decoder !== undefined) bytes = await decoder(bytes, { maxOutputLength: maxBytes })
    }
    return bytes
  } catch (error) {
    throw isTooLong(error) ? tooLarge(maxBytes) : undecodable(encoding, error)
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

function decodeCharset(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // A charset that nobody knows: what most services mean is UTF-8.
    return bytes.toString('utf8')
  }
}

function undecodable(encoding: string, cause?: unknown): StepError {
  return new StepError('communication', 'The answer cannot be decoded', {
    detail: `It says that it is encoded with ${encoding.slice(0, 100)}, and is not.`,
    cause,
  })
}
