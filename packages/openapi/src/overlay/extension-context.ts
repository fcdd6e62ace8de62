/** What the extensions `x-inlay-*` of a document or its overlay have in common. */
import type { JsonValue } from '@inlay/engine'
import type { ImportedConnector, ImportedOperation } from '../imported-connector.js'
import { pointerPath, textOr } from '../json.js'
import type { Notes } from '../notes.js'

/** What extensions are read against. */
export interface ExtensionContext {
  readonly notes: Notes
  readonly operations: readonly ImportedOperation[]
  /** By the document's `operationId` and by the action's own id. */
  readonly byName: ReadonlyMap<string, ImportedOperation>
  readonly definitions: ImportedConnector['definitions']
}

/** A place as a JSON Pointer, or names joined by dots. */
export function pathOf(value: JsonValue | undefined): string[] | undefined {
  const text = textOr(value)
  if (text === undefined) return undefined
  if (text.startsWith('/') || text === '') return pointerPath(text)
  return text.split('.')
}
