import { createHash } from 'node:crypto'
import { type ConnectorStores, isInlayError, type StepLog, z } from '@inlay/sdk/connector'
import {
  checksumHeader,
  checksumOf,
  conditionOf,
  type NewObject,
  versionOf,
  WRITE_TIMEOUT_MS,
  type WrittenObject,
} from './new-object.js'
import { etagOf, withoutQuotes } from './object.js'
import { retried } from './retried.js'
import { readAnswer, type S3Context, sendS3 } from './s3-api.js'
import { escapeXml, xmlText } from './xml.js'

/** Of each part but the last; S3 takes none below 5 MiB. */
export const PART_BYTES = 8 * 1024 * 1024
const ABORT_TIMEOUT_MS = 10_000
/** Longer than any step is tried again. */
const REMEMBERED_MS = 30 * 86_400_000
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** What sending in parts needs of an action's context. */
export interface UploadContext extends S3Context {
  readonly store: ConnectorStores
  readonly log: StepLog
  readonly idempotencyKey: string
}

interface Part {
  readonly number: number
  /** As S3 told it. */
  readonly etag: string
  readonly checksum: string | undefined
}

const created = z.object({ InitiateMultipartUploadResult: z.object({ UploadId: xmlText }) })
const completed = z.object({
  CompleteMultipartUploadResult: z.object({ ETag: xmlText, ChecksumSHA256: xmlText.optional() }),
})

/**
 * Writes an object in parts, one after the other: a part that fails is sent again, and the others stay. When it cannot be
 * finished, S3 is told to forget the parts, which cost money and are not listed.
 *
 * @throws StepError what S3 refused it with, when trying again did not help
 */
export async function writeInParts(context: UploadContext, object: NewObject): Promise<WrittenObject> {
  const { path } = object
  const memory = memoryOf(context)
  // The doors of an attempt that was out of time are closed: what it left is for the next one to clear away.
  const left = await memory.get()
  if (left !== undefined) await abort(context, path, left)
  const uploadId = await create(context, object)
  try {
    await memory.set(uploadId)
    const written = await complete(context, object, { uploadId, parts: await sendParts(context, object, uploadId) })
    await memory.delete()
    return written
  } catch (error) {
    if (await abort(context, path, uploadId)) await memory.delete()
    throw error
  }
}

async function create(context: UploadContext, { path, headers, hasChecksum }: NewObject): Promise<string> {
  const response = await retried(context.signal, () =>
    sendS3(context, {
      method: 'POST',
      url: path,
      query: { uploads: '' },
      headers: { ...headers, ...(hasChecksum ? { 'x-amz-checksum-algorithm': 'SHA256' } : {}) },
    }),
  )
  return readAnswer(response, created).InitiateMultipartUploadResult.UploadId
}

async function sendParts(context: UploadContext, object: NewObject, uploadId: string): Promise<Part[]> {
  const parts: Part[] = []
  for (let start = 0; start < object.bytes.length; start += PART_BYTES) {
    const number = parts.length + 1
    const bytes = object.bytes.subarray(start, start + PART_BYTES)
    const response = await retried(context.signal, () =>
      sendS3(context, {
        method: 'PUT',
        url: object.path,
        query: { partNumber: number, uploadId },
        bytes,
        timeoutMs: WRITE_TIMEOUT_MS,
        headers: checksumHeader(bytes, object),
      }),
    )
    parts.push({ number, etag: etagOf(response), checksum: checksumOf(response) })
  }
  return parts
}

async function complete(
  context: UploadContext,
  object: NewObject,
  { uploadId, parts }: { readonly uploadId: string; readonly parts: readonly Part[] },
): Promise<WrittenObject> {
  const response = await retried(context.signal, () =>
    sendS3(context, {
      method: 'POST',
      url: object.path,
      query: { uploadId },
      text: `<CompleteMultipartUpload xmlns="${NAMESPACE}">${parts.map(toXml).join('')}</CompleteMultipartUpload>`,
      timeoutMs: WRITE_TIMEOUT_MS,
      headers: { 'content-type': 'application/xml', ...conditionOf(object) },
    }),
  )
  const { ETag, ChecksumSHA256 = null } = readAnswer(response, completed).CompleteMultipartUploadResult
  return { etag: withoutQuotes(ETag), versionId: versionOf(response), checksumSha256: ChecksumSHA256 }
}

function toXml({ number, etag, checksum }: Part): string {
  const kept = checksum === undefined ? '' : `<ChecksumSHA256>${escapeXml(checksum)}</ChecksumSHA256>`
  return `<Part><PartNumber>${number}</PartNumber><ETag>"${escapeXml(etag)}"</ETag>${kept}</Part>`
}

/** Whether S3 has forgotten the parts. What went wrong before counts for more than a failure of this: it is logged. */
async function abort({ http, auth, log }: UploadContext, path: string, uploadId: string): Promise<boolean> {
  try {
    // The attempt's own signal may be why there is something to forget.
    const signal = AbortSignal.timeout(ABORT_TIMEOUT_MS)
    await sendS3({ http, auth, signal }, { method: 'DELETE', url: path, query: { uploadId } })
    return true
  } catch (error) {
    if (isForgotten(error)) return true
    log.warn(
      'Parts of an object that was not finished are left at S3. A lifecycle rule of the bucket can delete them.',
      {
        uploadId,
        error: error instanceof Error ? error.message : String(error),
      },
    )
    return false
  }
}

const told = z.object({ code: z.literal('NoSuchUpload') })

function isForgotten(error: unknown): boolean {
  return isInlayError(error) && told.safeParse(error.data).success
}

/** Remembers the upload of this very step, over its attempts. */
function memoryOf({ store, idempotencyKey }: UploadContext) {
  const key = `upload:${createHash('sha256').update(idempotencyKey).digest('hex')}`
  return {
    get: async () => z.string().safeParse(await store.workflow.get(key)).data,
    set: (uploadId: string) => store.workflow.set(key, uploadId, { ttlMs: REMEMBERED_MS }),
    delete: () => store.workflow.delete(key),
  }
}
