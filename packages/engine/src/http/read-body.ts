import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { StepError } from '../contracts/errors.js'

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * Reads a body to its end, decoded. The bound holds after decoding, so that a small bomb does no harm either.
 *
 * @throws StepError `limit` when the body is larger than `maxBytes`, `communication` when it cannot be decoded
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<string> {
  const decoder = DECODERS[encoding.trim().toLowerCase()]
  const source: NodeJS.ReadableStream = decoder === undefined ? body : body.pipe(decoder())
  // Errors of the raw body do not travel through a pipe by themselves.
  if (decoder !== undefined) body.on('error', (error) => source.emit('error', error))
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    size += bytes.length
    if (size > maxBytes) {
      body.destroy()
      throw new StepError('limit', 'The answer is too large', {
        detail: `At most ${maxBytes} bytes are read. Ask the service for less, for example page by page.`,
      })
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
