/** RFC 6901: JSON Pointers and the values they name. */

/** The pointer of a path. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The names on a pointer's way; positions in lists are names too. */
export function fromPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at a path, or undefined when there is none. */
export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    // Own fields of plain JSON only, which the check above makes sure of.
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
