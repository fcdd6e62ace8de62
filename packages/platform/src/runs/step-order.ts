interface BegunStep {
  readonly step_path: string
  readonly started_at: number
}

/**
 * Steps in the order in which they began, of rows that are in the order in which they were recorded. A clock of milliseconds
 * does not tell steps apart that compute; and a block is recorded after what is in it, but began before.
 */
export function inOrderOfStart<Row extends BegunStep>(recorded: readonly Row[]): Row[] {
  const firstInside = new Map<string, number>()
  recorded.forEach(({ step_path, started_at }, place) => {
    for (const block of pathsTo(step_path)) {
      const key = `${started_at} ${block}`
      if (!firstInside.has(key)) firstInside.set(key, place)
    }
  })
  const placeOf = ({ step_path, started_at }: Row): number => firstInside.get(`${started_at} ${step_path}`) ?? 0
  return recorded.toSorted(
    (a, b) => a.started_at - b.started_at || placeOf(a) - placeOf(b) || a.step_path.length - b.step_path.length,
  )
}

/** A step's own path and those of the blocks that it is in. */
function pathsTo(stepPath: string): string[] {
  const ids = stepPath.split('/')
  return ids.map((_, depth) => ids.slice(0, depth + 1).join('/'))
}
