import type { DefinitionIssue } from '../contracts/issue.js'
import { fromPointer, valueAt } from './pointer.js'

/** More than anyone reads; a broken file of megabytes could give a million. */
const MOST_ISSUES = 1_000

/** The issues in the order in which their places stand in the document, missing fields after those that are there. */
export function inDocumentOrder(document: unknown, issues: readonly DefinitionIssue[]): readonly DefinitionIssue[] {
  const ranks = new Ranks(document)
  const ordered = issues
    .map((issue) => ({ issue, rank: ranks.of(issue.pointer) }))
    .sort((a, b) => compare(a.rank, b.rank) || (a.issue.offset ?? 0) - (b.issue.offset ?? 0))
    .map(({ issue }) => issue)
  if (ordered.length <= MOST_ISSUES) return ordered
  const left = ordered.length - MOST_ISSUES
  const message = `There are ${left} more problems. Correct these first.`
  const more = { code: 'document.more_issues', pointer: '', message, details: { count: left } } as const
  return [...ordered.slice(0, MOST_ISSUES), more]
}

/** Where places stand: for each name of a pointer its position among its siblings. */
class Ranks {
  private readonly positions = new Map<object, ReadonlyMap<string, number>>()

  constructor(private readonly document: unknown) {}

  of(pointer: string): readonly number[] {
    let value = this.document
    return fromPointer(pointer).map((key) => {
      const rank = this.positionOf(value, key)
      value = valueAt(value, [key])
      return rank
    })
  }

  private positionOf(value: unknown, key: string): number {
    if (typeof value !== 'object' || value === null) return Number.MAX_SAFE_INTEGER
    if (Array.isArray(value)) return Number(key)
    let positions = this.positions.get(value)
    if (positions === undefined) {
      positions = new Map(Object.keys(value).map((name, index) => [name, index]))
      this.positions.set(value, positions)
    }
    return positions.get(key) ?? Number.MAX_SAFE_INTEGER
  }
}

/** Outer places before inner ones. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
