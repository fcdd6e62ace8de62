import { measure } from '../json-text.js'
import type { Budget } from '../limits.js'
import { orNull } from '../values.js'

/** What an element is sorted by: its kind's rank first, then its size or text. */
interface SortKey {
  readonly rank: number
  readonly number: number
  readonly text: string
}

/**
 * A sorted copy, ascending and stable: false, true, numbers by size, texts by their characters, lists and objects by
 * their JSON, and nothing last.
 *
 * @throws LimitError
 */
export function sortValues(items: readonly unknown[], keyOf: (item: unknown) => unknown, budget: Budget): unknown[] {
  budget.allowItems(items.length)
  const keyed = items.map((item) => ({ item: orNull(item), key: sortKey(keyOf(item), budget) }))
  keyed.sort((a, b) => {
    budget.burnText(Math.min(a.key.text.length, b.key.text.length))
    return compareKeys(a.key, b.key)
  })
  return keyed.map(({ item }) => item)
}

function sortKey(value: unknown, budget: Budget): SortKey {
  if (typeof value === 'number') return { rank: 1, number: value, text: '' }
  if (typeof value === 'string') return { rank: 2, number: 0, text: value }
  if (typeof value === 'boolean') return { rank: 0, number: Number(value), text: '' }
  if (value === null || value === undefined) return { rank: 4, number: 0, text: '' }
  budget.allowText(measure(value, budget.limits.size, budget.limits.depth))
  return { rank: 3, number: 0, text: JSON.stringify(value) }
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.number !== b.number) return a.number - b.number
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
}
