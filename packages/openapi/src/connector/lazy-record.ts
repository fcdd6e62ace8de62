/** A record whose values are made when they are first asked for, and then kept. */
export function lazyRecord<T>(makers: ReadonlyMap<string, () => T>): Readonly<Record<string, T>> {
  const record: Record<string, T> = {}
  for (const [key, make] of makers) {
    let made: { readonly value: T } | undefined
    Object.defineProperty(record, key, {
      enumerable: true,
      get: () => {
        made ??= { value: make() }
        return made.value
      },
    })
  }
  return record
}
