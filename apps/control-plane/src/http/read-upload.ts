import type { IncomingMessage } from 'node:http'
import { fileTooLarge } from '@inlay/platform/files'
import { bodyIncomplete } from '@inlay/platform/triggers'

/** Bytes of a file that is refused which are still taken off the wire, so that a browser reads the refusal and not a reset. */
const MAX_DISCARDED_BYTES = 209_715_200

/**
 * Reads a file as it comes, and keeps nothing of one that turns out too large.
 *
 * @throws UserError `file.too_large`, `request.incomplete`
 */
export function readUpload(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (request.destroyed && !request.readableEnded) return reject(bodyIncomplete())
    let chunks: Buffer[] = []
    let size = 0
    // Without an encoding set, a request's chunks are buffers.
    const take = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else chunks = []
      if (size > MAX_DISCARDED_BYTES) finish()
    }
    const finish = (): void => {
      request.off('data', take).off('end', finish).off('error', fail).off('close', fail)
      if (size > maxBytes) reject(fileTooLarge(maxBytes))
      else resolve(Buffer.concat(chunks))
    }
    const fail = (): void => reject(bodyIncomplete())
    request.on('data', take).on('end', finish).on('error', fail).on('close', fail)
  })
}
