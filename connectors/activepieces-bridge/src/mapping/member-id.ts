const MAX_LENGTH = 80

/** Ids of actions and triggers, made of the names that a piece gives them; in the piece's order, so that they stay. */
export function memberIds(names: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const used = new Set<string>()
  for (const name of names) {
    const base = memberId(name)
    let id = base
    for (let count = 2; used.has(id); count += 1) id = `${base.slice(0, MAX_LENGTH - 4)}_${count}`
    used.add(id)
    ids.set(name, id)
  }
  return ids
}

function memberId(name: string): string {
  const words = name.split(/[^a-zA-Z0-9_]+/).filter((word) => word !== '')
  const joined = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  const letters = joined.replace(/^[^a-zA-Z]+/, '')
  return (letters.charAt(0).toLowerCase() + letters.slice(1)).slice(0, MAX_LENGTH) || 'member'
}
