/** Something of the document that the connector does not have, or has in another way. */
export interface ImportNote {
  /** `left_out`: the connector lacks it. `changed`: it works in another way. `advice`: people should look at it. */
  readonly kind: 'left_out' | 'changed' | 'advice'
  /** JSON Pointer into the document; that of an OpenAPI 3 document for a Swagger 2 one. */
  readonly pointer: string
  readonly reason: string
}

/** Collects notes, each once. */
export interface Notes {
  add(kind: ImportNote['kind'], pointer: string, reason: string): void
  list(): ImportNote[]
}

/** A list of notes that starts out empty. */
export function createNotes(): Notes {
  const notes = new Map<string, ImportNote>()
  return {
    add: (kind, pointer, reason) => {
      const key = `${kind} ${pointer} ${reason}`
      if (!notes.has(key)) notes.set(key, { kind, pointer, reason })
    },
    list: () => [...notes.values()],
  }
}
