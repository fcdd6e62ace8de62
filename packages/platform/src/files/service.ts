import {
  type BlobStore,
  type CustomerId,
  type FileRef,
  newId,
  type TenantScope,
  uploadKey,
  uploadPrefix,
} from '@inlay/engine'
import type { ActingScope, AuditLog } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { customerNotFound } from '../tenancy/index.js'
import { customerNeeded, fileNotFound, filesNotKept, fileTooLarge } from './errors.js'
import { fileNameOf } from './file-name.js'
import { fileRefOf, UploadStore, type WantedUploads } from './store.js'

/** A file as it came. */
export interface NewFile {
  /** Whose it is to be. @default the scope's customer */
  readonly customerId?: string | undefined
  /** As the person's machine calls it. */
  readonly name: string
  /** As `mediaTypeOf` gives it. */
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** A file with its content. */
export interface OpenedFile {
  readonly file: FileRef
  readonly bytes: Uint8Array
}

/** Files that people choose: for fields of steps, and for tests. */
export interface FilesService {
  /** Bytes of one file; null where no files are kept. */
  readonly maxBytes: number | null
  /**
   * Keeps a file. What it gives can be used wherever a step takes a file, in workflows of this customer.
   *
   * @throws UserError `file.too_large`, `file.not_kept`, `customer.not_found`, `request.invalid` without a customer
   */
  upload(scope: ActingScope, file: NewFile): Promise<FileRef>
  /**
   * Removes a file at once, also where something refers to it: runs of that fail.
   *
   * @throws UserError `file.not_found`, `file.not_kept`
   */
  remove(scope: ActingScope, id: string): Promise<void>
  /** Which of these uploads are still there, in one query. */
  kept(scope: TenantScope, wanted: WantedUploads): Promise<ReadonlySet<string>>
  /** @throws UserError `file.not_found`, `file.not_kept` */
  open(scope: ActingScope, id: string): Promise<OpenedFile>
}

export interface FilesDeps {
  readonly database: Database
  readonly audit: AuditLog
  /** Absent: no files are kept. */
  readonly blobs: BlobStore | undefined
  /** Bytes of one file. */
  readonly maxBytes: number
}

export function createFilesService({ database, audit, blobs, maxBytes }: FilesDeps): FilesService {
  const store = new UploadStore(database)
  return {
    maxBytes: blobs === undefined ? null : maxBytes,
    upload: async (scope, { customerId: given, name, contentType, bytes }) => {
      if (blobs === undefined) throw filesNotKept()
      if (bytes.length > maxBytes) throw fileTooLarge(maxBytes)
      const customerId = given ?? scope.customerId
      if (customerId === undefined) throw customerNeeded()
      const id = newId<string>('file', Date.now())
      // The insert below finds the customer in this scope, or refuses.
      const owner = customerId as CustomerId
      const row = { id, customer_id: owner, name: fileNameOf(name), content_type: contentType, size: bytes.length }
      // First: content without a row would be swept by nobody.
      if (!(await store.insert(scope, row))) throw customerNotFound(customerId)
      try {
        await blobs.put(uploadKey({ tenantId: scope.tenantId, customerId: owner }, id), bytes)
      } catch (error) {
        await store.delete(scope, id).catch(() => undefined)
        throw error
      }
      await audit.record(scope, {
        action: 'file.uploaded',
        target: { kind: 'file', id },
        customerId: owner,
        details: { size: bytes.length, contentType },
      })
      return fileRefOf(row)
    },
    remove: async (scope, id) => {
      if (blobs === undefined) throw filesNotKept()
      const row = await store.find(scope, id)
      if (row === undefined) throw fileNotFound(id)
      // First: when it fails, the row is still there to be removed again.
      await blobs.deletePrefix(uploadPrefix({ tenantId: scope.tenantId, customerId: row.customer_id }, id))
      await store.delete(scope, id)
      const target = { kind: 'file', id }
      await audit.record(scope, { action: 'file.deleted', target, customerId: row.customer_id })
    },
    kept: async (scope, wanted) => new Set(await store.existing(scope, wanted)),
    open: async (scope, id) => {
      if (blobs === undefined) throw filesNotKept()
      const row = await store.find(scope, id)
      if (row === undefined) throw fileNotFound(id)
      const bytes = await blobs.get(uploadKey({ tenantId: scope.tenantId, customerId: row.customer_id }, id))
      if (bytes === undefined) throw fileNotFound(id)
      return { file: fileRefOf(row), bytes }
    },
  }
}
