import type { WorkflowDefinition } from '@inlay/engine'
import { readDefinition } from '../document/read-definition.js'

/** A document that the server does not have yet. */
export interface UnsavedDraft {
  readonly definition: WorkflowDefinition
  /** The revision of the server's draft that it was made from. */
  readonly baseRevision: number
}

/** Keeps a person's unsaved work where a reload of the page does not reach it. */
export interface UnsavedDraftStore {
  read(): UnsavedDraft | undefined
  keep(draft: UnsavedDraft): void
  forget(): void
}

/**
 * Keeps unsaved work in the storage of the browser tab: a reload finds it, another tab or person does not. Where the
 * browser allows no storage or has no room left, nothing is kept.
 *
 * @param person who is signed in, as an id
 */
export function unsavedDraftIn(openStorage: () => Storage, workflowId: string, person: string): UnsavedDraftStore {
  const key = `builder.unsaved.${person}.${workflowId}`
  const attempt = <T>(access: (storage: Storage) => T): T | undefined => {
    try {
      return access(openStorage())
    } catch {
      return undefined
    }
  }
  return {
    read: () => attempt((storage) => readDraft(JSON.parse(storage.getItem(key) ?? 'null'))),
    keep: (draft) => void attempt((storage) => storage.setItem(key, JSON.stringify(draft))),
    forget: () => void attempt((storage) => storage.removeItem(key)),
  }
}

function readDraft(kept: Partial<UnsavedDraft> | null): UnsavedDraft | undefined {
  if (kept === null || typeof kept.baseRevision !== 'number') return undefined
  const read = readDefinition(kept.definition)
  return read.isReadable ? { definition: read.definition, baseRevision: kept.baseRevision } : undefined
}
