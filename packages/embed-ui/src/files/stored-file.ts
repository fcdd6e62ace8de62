import type { JsonObject, JsonValue } from '@inlay/engine'

/** A file that the server keeps: whatever takes a file takes it. */
export interface StoredFile {
  readonly $file: string
  readonly name: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
}

/** Whether a value is a file that the server keeps. */
export function isStoredFile(value: unknown): value is JsonObject & StoredFile {
  if (typeof value !== 'object' || value === null) return false
  // Whatever its fields are: they are looked at below.
  const { $file, name, contentType, size } = value as Partial<Record<keyof StoredFile, unknown>>
  return (
    typeof $file === 'string' && typeof name === 'string' && typeof contentType === 'string' && typeof size === 'number'
  )
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
