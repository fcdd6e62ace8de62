import { randomBytes } from 'node:crypto'
import type { MultipartPart } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'

const CRLF = '\r\n'
const UNSAFE_IN_NAME = /["\r\n]/g
/** Visible ASCII and spaces: what cannot end the header that it stands in. */
const CONTENT_TYPE = /^[\x20-\x7e]{1,200}$/

/** A body as it goes onto the wire, with the content type that follows from it. */
export interface EncodedBody {
  readonly content: string | Uint8Array
  /** Undefined when only the caller can tell. */
  readonly contentType: string | undefined
}

/**
 * Writes `multipart/form-data` (RFC 7578). Names go as UTF-8 with `"`, CR and LF percent-encoded, as browsers send them,
 * so that no name can end its header or begin another.
 *
 * @throws StepError `validation` for a content type that is none
 */
export function encodeMultipart(parts: readonly MultipartPart[]): EncodedBody {
  // 24 random bytes are in no content, so nothing has to be searched for them.
  const boundary = `inlay-${randomBytes(24).toString('hex')}`
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${boundary}${CRLF}${headersOf(part)}${CRLF}${CRLF}`),
    'text' in part ? Buffer.from(part.text) : part.bytes,
    Buffer.from(CRLF),
  ])
  return {
    content: Buffer.concat([...pieces, Buffer.from(`--${boundary}--${CRLF}`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

function headersOf(part: MultipartPart): string {
  const disposition = `content-disposition: form-data; name="${escapeName(part.name)}"`
  if ('text' in part) return disposition
  const { fileName, contentType = 'application/octet-stream' } = part
  if (!CONTENT_TYPE.test(contentType)) throw notAContentType(part.name)
  return `${disposition}; filename="${escapeName(fileName)}"${CRLF}content-type: ${contentType}`
}

function escapeName(name: string): string {
  return name.replace(UNSAFE_IN_NAME, (found) => encodeURIComponent(found))
}

function notAContentType(name: string): StepError {
  return new StepError('validation', `The content type of the file "${name.slice(0, 100)}" is not valid`, {
    detail: 'A content type looks like image/png: up to 200 visible ASCII characters.',
  })
}
