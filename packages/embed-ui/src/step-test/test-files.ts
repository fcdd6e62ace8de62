// Files in the data of a test: which places take one, which files are there already, and a file of the person's own as data.
import type { JsonObject, JsonValue, Trigger } from '@inlay/engine'
import type { JsonSchema } from '../data/api-types.js'
import { asSchema, fieldKind, schemaFields } from '../forms/schema.js'

/** Bytes of a file that fits into the data of a trigger once it is written as text. */
export const MAX_DATA_BYTES = 500_000

/** Where a file goes: the names from the root of the data to it. */
export interface FilePlace {
  readonly path: readonly string[]
  /** What people call it; undefined for a place that no schema names. */
  readonly title: string | undefined
}

/** A file that the server keeps: whatever takes a file takes it. */
export interface StoredFile {
  readonly $file: string
  readonly name: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
}

/** The places for files in data of a schema. */
export function filePlaces(schema: JsonSchema, path: readonly string[] = []): readonly FilePlace[] {
  return schemaFields(schema).flatMap((field): readonly FilePlace[] => {
    const at = [...path, field.name]
    const kind = fieldKind(field.schema)
    if (kind.kind === 'file') return [{ path: at, title: field.title }]
    return kind.kind === 'object' ? filePlaces(asSchema(field.schema), at) : []
  })
}

/** Where files go in data that follows no schema; nowhere in that of a schedule. */
export function freePlace({ type }: Trigger): FilePlace | undefined {
  switch (type) {
    case 'webhook':
      return { path: ['body', 'file'], title: undefined }
    case 'event':
      return { path: ['payload', 'file'], title: undefined }
    case 'manual':
      return { path: ['file'], title: undefined }
    case 'schedule':
    case 'connector':
      return undefined
  }
}

/** The stored files that occur in data, each once. */
export function storedFiles(data: JsonValue): readonly StoredFile[] {
  const found = new Map<string, StoredFile>()
  const visit = (value: JsonValue): void => {
    if (typeof value !== 'object' || value === null) return
    if (isStoredFile(value)) found.set(value.$file, value)
    // What Object.values gives of JSON is JSON.
    else for (const child of Object.values(value) as JsonValue[]) visit(child)
  }
  visit(data)
  return [...found.values()]
}

function isStoredFile(value: JsonValue): value is JsonObject & StoredFile {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  // No list, so an object.
  const { $file, name, contentType, size } = value as JsonObject
  return (
    typeof $file === 'string' && typeof name === 'string' && typeof contentType === 'string' && typeof size === 'number'
  )
}

/** A file of the person's own as data: its content is a data URL. @throws Error when it cannot be read */
export async function fileAsData(file: File): Promise<JsonObject> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const contentType = file.type === '' ? 'application/octet-stream' : file.type
  const content = `data:${contentType};base64,${base64(bytes)}`
  return { name: file.name, contentType, size: bytes.length, content }
}

const CHUNK = 8_192

function base64(bytes: Uint8Array): string {
  let text = ''
  // Every byte is an argument of the call: browsers allow some ten thousand of them.
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

/** The data with a value at a path; what is no object on the way there becomes one. */
export function putAt(data: JsonValue, [name, ...rest]: readonly string[], value: JsonValue): JsonValue {
  if (name === undefined) return value
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  // Checked above: arrays are the only other objects in JSON.
  const object = isObject ? (data as JsonObject) : {}
  return { ...object, [name]: putAt(object[name] ?? null, rest, value) }
}
