import { createHash } from 'node:crypto'
import type { HttpResponse } from '@inlay/sdk/connector'

/** Milliseconds for an object, or one part of it. */
export const WRITE_TIMEOUT_MS = 120_000

/** What is written. */
export interface NewObject {
  /** Of bucket and key. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Type and metadata. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether there must be no object of that key yet. */
  readonly isNew: boolean
  /** Whether S3 is to keep a SHA-256 with the object. */
  readonly hasChecksum: boolean
}

/** What S3 tells of what was written. */
export interface WrittenObject {
  /** Without quotes. Of objects in parts it ends in a dash and their number. */
  readonly etag: string
  readonly versionId: string | null
  /** Base64. Of objects in parts it is that of the parts' checksums, a dash and their number. */
  readonly checksumSha256: string | null
}

/** Lets S3 refuse to replace an object. */
export function conditionOf({ isNew }: NewObject): Record<string, string> {
  return isNew ? { 'if-none-match': '*' } : {}
}

/** The checksum that S3 compares with what it receives, and keeps. */
export function checksumHeader(bytes: Uint8Array, { hasChecksum }: NewObject): Record<string, string> {
  return hasChecksum ? { 'x-amz-checksum-sha256': createHash('sha256').update(bytes).digest('base64') } : {}
}

/** The checksum that S3 keeps; undefined when it keeps none. */
export function checksumOf({ headers }: HttpResponse): string | undefined {
  return headers['x-amz-checksum-sha256']
}

/** The version that was made; null in buckets without versions. */
export function versionOf({ headers }: HttpResponse): string | null {
  return headers['x-amz-version-id'] ?? null
}
