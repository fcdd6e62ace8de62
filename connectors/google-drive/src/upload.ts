import { createHash } from 'node:crypto'
import { type ActionContext, type HttpResponse, type JsonObject, StepError, z } from '@inlay/sdk/connector'
import { FILE_QUERY, fileSchema } from './file.js'
import { google } from './google-api.js'

/** Up to here Google takes a file and its description in one request. */
const MULTIPART_BYTES = 5 * 1024 * 1024
/** Pieces of an upload, all but the last a multiple of 256 KiB. */
const PIECE_BYTES = 8 * 1024 * 1024
const PIECE_TIMEOUT_MS = 120_000
const INCOMPLETE = 308

/** A file that goes to Drive. */
interface Upload {
  readonly metadata: JsonObject
  readonly contentType: string
  readonly bytes: Uint8Array
  /** The file whose content is replaced. Absent: a new one. */
  readonly fileId?: string
}

/** Uploads a file: small ones at once, larger ones in pieces. */
export function uploadFile(context: ActionContext, upload: Upload) {
  return upload.bytes.length <= MULTIPART_BYTES ? uploadAtOnce(context, upload) : uploadInPieces(context, upload)
}

function target({ fileId }: Upload) {
  return fileId === undefined
    ? { method: 'POST' as const, url: '/upload/drive/v3/files' }
    : { method: 'PATCH' as const, url: `/upload/drive/v3/files/${encodeURIComponent(fileId)}` }
}

function uploadAtOnce(context: ActionContext, upload: Upload) {
  // Of the content itself, so that no file holds it but by intent.
  const boundary = `inlay-${createHash('sha256').update(upload.bytes).update(context.idempotencyKey).digest('hex')}`
  const head = [
    `--${boundary}`,
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify(upload.metadata),
    `--${boundary}`,
    `Content-Type: ${upload.contentType}`,
    '',
    '',
  ].join('\r\n')
  return google.call(context, {
    ...target(upload),
    query: { ...FILE_QUERY, uploadType: 'multipart' },
    headers: { 'content-type': `multipart/related; boundary=${boundary}` },
    bytes: Buffer.concat([Buffer.from(head), upload.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    timeoutMs: PIECE_TIMEOUT_MS,
    answer: fileSchema,
  })
}

async function uploadInPieces(context: ActionContext, upload: Upload) {
  const { bytes, contentType } = upload
  const session = await startSession(context, upload)
  let sent = 0
  while (sent < bytes.length) {
    const piece = bytes.subarray(sent, sent + PIECE_BYTES)
    const end = sent + piece.length
    const response = await google.raw(context, {
      method: 'PUT',
      url: session,
      headers: { 'content-type': contentType, 'content-range': `bytes ${sent}-${end - 1}/${bytes.length}` },
      bytes: piece,
      maxRedirects: 0,
      timeoutMs: PIECE_TIMEOUT_MS,
    })
    if (response.status !== INCOMPLETE) return readFile(response)
    const kept = keptBytes(response)
    // Google keeps at least a part of each piece, or says what is wrong.
    if (kept <= sent || kept > end) throw brokenOff(`It has ${kept} bytes after ${end} were sent.`)
    sent = kept
  }
  throw brokenOff('All bytes were sent, and it waits for more.')
}

async function startSession(context: ActionContext, upload: Upload): Promise<string> {
  const response = await google.raw(context, {
    ...target(upload),
    query: { ...FILE_QUERY, uploadType: 'resumable' },
    headers: {
      'x-upload-content-type': upload.contentType,
      'x-upload-content-length': String(upload.bytes.length),
    },
    json: upload.metadata,
  })
  const { location } = response.headers
  if (location === undefined || !URL.canParse(location)) throw brokenOff('It gave no address for the upload.')
  const { pathname, search } = new URL(location)
  return `${pathname}${search}`
}

/** How much Google has of the file: `range: bytes=0-42` names the last byte. */
function keptBytes({ headers }: HttpResponse): number {
  const last = /^bytes=0-(\d+)$/.exec(headers['range'] ?? '')?.[1]
  return last === undefined ? 0 : Number(last) + 1
}

function readFile(response: HttpResponse): z.output<typeof fileSchema> {
  const parsed = fileSchema.safeParse(response.json())
  if (parsed.success) return parsed.data
  throw new StepError('communication', 'Google Drive gave an answer that is not understood', {
    detail: z.prettifyError(parsed.error).slice(0, 500),
    retryable: false,
  })
}

function brokenOff(detail: string): StepError {
  return new StepError('communication', 'The upload to Google Drive broke off', { detail })
}
