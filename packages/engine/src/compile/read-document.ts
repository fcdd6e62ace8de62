import type { DefinitionIssue, IssueReason } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import { toPointer } from './pointer.js'

/** Lists and objects that one block takes: for example a step, its cases, a case, and the list of its steps. */
const DEPTH_OF_BLOCK = 4

/** Lists and objects within each other in the data of a step. */
const DEPTH_OF_DATA = 80

/** What comes after this recurses, and must not exhaust the stack whatever a host allows. */
const MOST_DEPTH = 500

/** Estimated bytes of a definition as JSON text. */
const MAX_BYTES = 4_194_304

export type ReadDocument =
  | { readonly ok: true; readonly document: JsonValue }
  | { readonly ok: false; readonly issues: readonly DefinitionIssue[] }

export interface ReadLimits {
  /** Blocks within each other. Beyond about a hundred the depth of the document is the limit. */
  readonly maxNesting: number
}

/**
 * Copies what was handed in as plain JSON, bounded in depth and size, without running code of its own: whatever comes
 * after it may recurse and read fields freely. Never throws; the first thing that is not JSON ends it.
 */
export function readDocument(given: unknown, { maxNesting }: ReadLimits): ReadDocument {
  const reader = new DocumentReader(Math.min(MOST_DEPTH, DEPTH_OF_DATA + DEPTH_OF_BLOCK * maxNesting))
  try {
    return { ok: true, document: reader.copy(given) }
  } catch (error) {
    // A proxy's traps may throw anything at all.
    const reason =
      error instanceof NotJson ? error.reason : notJson('The definition cannot be read here. Give plain JSON.')
    return { ok: false, issues: [{ ...reason, pointer: toPointer(reader.path), expected: 'plain JSON' }] }
  }
}

class NotJson extends Error {
  constructor(readonly reason: IssueReason) {
    super(reason.message)
  }
}

function notJson(message: string): IssueReason {
  return { code: 'document.not_json', message }
}

class DocumentReader {
  /** Where reading is, and so where it stopped. */
  readonly path: (string | number)[] = []
  private readonly ancestors = new Set<object>()
  private bytes = 0

  constructor(private readonly maxDepth: number) {}

  /** @throws NotJson, and what a proxy throws */
  copy(value: unknown): JsonValue {
    switch (typeof value) {
      case 'string':
        this.grow(value.length + 2)
        return value
      case 'boolean':
        this.grow(5)
        return value
      case 'number':
        this.grow(8)
        if (!Number.isFinite(value)) throw new NotJson(notJson(`${value} is not a number that JSON knows.`))
        return value
      case 'object':
        return value === null ? this.copyNull() : this.copyContainer(value)
      default:
        throw new NotJson(
          notJson(`A definition is plain JSON, but here is ${value === undefined ? 'nothing' : typeof value}.`),
        )
    }
  }

  private copyNull(): null {
    this.grow(5)
    return null
  }

  private copyContainer(value: object): JsonValue {
    this.grow(2)
    if (this.ancestors.has(value)) throw new NotJson(notJson('A definition is plain JSON, but this contains itself.'))
    if (this.ancestors.size >= this.maxDepth) {
      const message = `Lists and objects may stand within each other ${this.maxDepth} deep. Flatten what is inside.`
      throw new NotJson({ code: 'document.too_deep', message, details: { limit: this.maxDepth } })
    }
    this.ancestors.add(value)
    const copied = Array.isArray(value) ? this.copyList(value) : this.copyFields(value)
    this.ancestors.delete(value)
    return copied
  }

  private copyList(list: readonly unknown[]): JsonValue[] {
    const copied: JsonValue[] = []
    for (let index = 0; index < list.length; index++) {
      this.path.push(index)
      copied.push(this.copy(ownValue(list, String(index))))
      this.path.pop()
    }
    return copied
  }

  private copyFields(object: object): JsonValue {
    if (!isPlain(object))
      throw new NotJson(notJson('A definition is plain JSON, but this is an object of another kind.'))
    const copied: Record<string, JsonValue> = {}
    for (const key of Object.keys(object)) {
      this.path.push(key)
      if (key === '__proto__')
        throw new NotJson({
          code: 'name.forbidden',
          message: `The name "${key}" is not allowed.`,
          details: { name: key },
        })
      const value = ownValue(object, key)
      this.grow(key.length + 4)
      // JSON has no undefined, and writing JSON leaves such fields out.
      if (value !== undefined) copied[key] = this.copy(value)
      this.path.pop()
    }
    return copied
  }

  private grow(bytes: number): void {
    this.bytes += bytes
    if (this.bytes > MAX_BYTES) {
      const message = `A definition may have ${MAX_BYTES} bytes of JSON. Keep large data elsewhere and fetch it.`
      throw new NotJson({ code: 'document.too_large', message, details: { limit: MAX_BYTES } })
    }
  }
}

/** The value of an own field, without running a getter. */
function ownValue(object: object, key: string): unknown {
  const field = Object.getOwnPropertyDescriptor(object, key)
  if (field !== undefined && !('value' in field))
    throw new NotJson(notJson('A definition is plain JSON, but here is a getter.'))
  return field?.value
}

/** Whether an object is one that JSON could have made, in whatever realm. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
