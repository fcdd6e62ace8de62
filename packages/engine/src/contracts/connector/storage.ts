import { z } from 'zod'
import type { JsonValue } from '../json.js'

/** A file that steps hand to each other: the bytes are in the blob store, this says which. */
export const fileRefSchema = z
  .object({
    $file: z.string().min(1).max(200),
    name: z.string().min(1).max(500),
    contentType: z.string().min(1).max(200),
    /** Bytes. */
    size: z.int().nonnegative(),
  })
  .meta({ title: 'File', format: 'file' })

/** A reference to a stored file. */
export type FileRef = z.infer<typeof fileRefSchema>

/** Files of the run, and of the customer's earlier runs as far as they are kept. */
export interface FileStore {
  /** @throws StepError `limit` when the file is too large, `validation` when this deployment keeps no files */
  write(file: { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }): Promise<FileRef>
  /** @throws StepError `validation` when there is no such file of this customer */
  read(file: FileRef): Promise<Uint8Array>
}

/** Keeps small values between runs. Keys have 1 to 200 characters; a value at most 64 KiB as JSON. */
export interface KeyValueStore {
  /** Resolves to undefined when there is no such key, or its time is over. */
  get(key: string): Promise<JsonValue | undefined>
  /** @throws StepError `limit` for a key or value that is too long, or too many keys */
  set(key: string, value: JsonValue, options?: { readonly ttlMs?: number }): Promise<void>
  /** Safe to call for a key that is not there. */
  delete(key: string): Promise<void>
}

/** What a connector remembers: apart from other connectors, and apart for each customer. */
export interface ConnectorStores {
  /** Shared by all workflows of the customer. */
  readonly customer: KeyValueStore
  /** Of this workflow alone. */
  readonly workflow: KeyValueStore
}
