import { createHash } from 'node:crypto'
import { type FileRef, type FileStore, fileRefSchema } from '../contracts/connector.js'
import { BugError, StepError } from '../contracts/errors.js'
import type { CustomerId, TenantId } from '../contracts/ids.js'
import { misfits } from '../contracts/misfits.js'
import type { BlobStore } from '../ports/blob-store.js'

/** Whose files, and where they are. */
export interface FileStoreOptions {
  /** Absent: each call fails with a clear error. */
  readonly blobs: BlobStore | undefined
  readonly scope: { readonly tenantId: TenantId; readonly customerId: CustomerId }
  /** Bytes of one file. @default 25 MiB */
  readonly maxFileBytes?: number
}

/** Bytes that a file may have unless the host says otherwise. */
export const MAX_FILE_BYTES = 26_214_400

/** Of what steps give: the hash of its content. */
const OF_STEP = /^file_[0-9a-f]{64}$/
/** Of what people choose: the id of the upload. */
const OF_UPLOAD = /^file_[0-9a-f]{32}$/

/** Whether a reference is to what a step gave, or to what a person chose; undefined: to nothing that was ever kept. */
export function fileOrigin(reference: string): 'step' | 'upload' | undefined {
  if (OF_UPLOAD.test(reference)) return 'upload'
  return OF_STEP.test(reference) ? 'step' : undefined
}

/** Whose files. */
type FileScope = FileStoreOptions['scope']

/** The prefix of all blobs of an upload, which ends with `/`: removing it removes the upload and nothing else. */
export function uploadPrefix({ tenantId, customerId }: FileScope, uploadId: string): string {
  if (!OF_UPLOAD.test(uploadId)) throw new BugError(`"${shown(uploadId)}" is not the id of an upload.`)
  return `${tenantId}/${customerId}/uploads/${uploadId}/`
}

/** Where the content of an upload is, for hosts that take files from people: `createFileStore` reads it by its id. */
export function uploadKey(scope: FileScope, uploadId: string): string {
  return `${uploadPrefix(scope, uploadId)}content`
}

/**
 * The files of one customer. A reference names the content and nothing else: it is looked up among the reader's own files,
 * so that the reference of another customer finds nothing. Files of the same content are kept once; what people have
 * uploaded is kept apart, because it is removed when nothing refers to it any more.
 */
export function createFileStore({ blobs, scope, maxFileBytes = MAX_FILE_BYTES }: FileStoreOptions): FileStore {
  const keyOf = (reference: string): string | undefined => {
    const origin = fileOrigin(reference)
    if (origin === undefined) return undefined
    return origin === 'upload' ? uploadKey(scope, reference) : stepFileKey(scope, reference)
  }
  return {
    write: async ({ name, contentType, bytes }) => {
      const store = required(blobs)
      if (!(bytes instanceof Uint8Array)) throw new StepError('validation', 'The content of a file is bytes')
      if (bytes.length > maxFileBytes) throw tooLarge(name, maxFileBytes)
      const $file = `file_${createHash('sha256').update(bytes).digest('hex')}`
      const reference = checked({ $file, name, contentType, size: bytes.length })
      await store.put(stepFileKey(scope, $file), bytes)
      return reference
    },
    read: async (file) => {
      const store = required(blobs)
      const { $file, name } = checked(file)
      const key = keyOf($file)
      const bytes = key === undefined ? undefined : await store.get(key)
      if (bytes !== undefined) return bytes
      throw new StepError('validation', `There is no file "${shown(name)}"`, {
        detail: 'It is not one of this customer, or it is no longer kept.',
      })
    },
  }
}

function stepFileKey({ tenantId, customerId }: FileScope, reference: string): string {
  return `${tenantId}/${customerId}/files/${reference}`
}

function required(blobs: BlobStore | undefined): BlobStore {
  if (blobs !== undefined) return blobs
  throw new StepError('validation', 'This deployment keeps no files', {
    detail: 'The host has to create the engine with the option "blobs".',
  })
}

function checked(file: FileRef): FileRef {
  const parsed = fileRefSchema.safeParse(file)
  if (parsed.success) return parsed.data
  throw new StepError('validation', 'This is not a file', {
    detail: `${misfits(parsed.error, 'file').join('; ')}. Use what an earlier step gave as a file, as a whole.`,
  })
}

function tooLarge(name: string, maxFileBytes: number): StepError {
  return new StepError('limit', `The file "${shown(name)}" is too large`, {
    detail: `A file may have ${maxFileBytes} bytes.`,
  })
}

function shown(name: unknown): string {
  return String(name).slice(0, 100)
}
