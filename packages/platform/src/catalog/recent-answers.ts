/** How long an answer is given again: people open the same list twice in a row, and look elsewhere after that. */
const KEPT_MS = 5000
const MOST_KEPT = 200

interface Kept<T> {
  readonly answer: Promise<T>
  until: number
}

/**
 * Gives the same answer to the same question for some seconds, also to those who ask while it is being found out.
 * Failures are not kept.
 *
 * @param now milliseconds, of any clock that goes forward
 */
export function createRecentAnswers<T>(
  now: () => number = () => performance.now(),
): (question: string, find: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Kept<T>>()
  return (question, find) => {
    const known = kept.get(question)
    if (known !== undefined && known.until > now()) return known.answer
    const entry: Kept<T> = { answer: find(), until: Number.POSITIVE_INFINITY }
    kept.delete(question)
    kept.set(question, entry)
    dropOldest(kept)
    entry.answer.then(
      () => {
        entry.until = now() + KEPT_MS
      },
      () => {
        if (kept.get(question) === entry) kept.delete(question)
      },
    )
    return entry.answer
  }
}

/** Maps keep the order in which entries came. */
function dropOldest(kept: Map<string, unknown>): void {
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}
