/** The known name that is at most two letters away from `name`, in upper or lower case; undefined when there is none. */
export function closestName(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = MOST_EDITS + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > MOST_EDITS) continue
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (edits < least && edits < candidate.length / 2) {
      best = candidate
      least = edits
    }
  }
  return best
}

const MOST_EDITS = 2

/** Letters to insert, remove or change (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
