/** Names what takes turns in a round. */
export type Contestants<Name extends string> = Readonly<Record<Name, () => Promise<number>>>

/**
 * Runs all contestants once per round, one after the other, because a machine's speed drifts; the values come back by
 * name, in the order of the rounds. Every second round goes backwards, so that none always follows the same one.
 */
export async function interleave<Name extends string>(
  rounds: number,
  contestants: Contestants<Name>,
): Promise<Record<Name, number[]>> {
  // Object.entries forgets the names' type.
  const entries = Object.entries(contestants) as [Name, () => Promise<number>][]
  const values = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of round % 2 === 0 ? entries : entries.toReversed()) values[name].push(await measure())
  }
  return values
}

/** The ratios of two contestants, round by round. */
export function ratios(values: readonly number[], yardstick: readonly number[]): number[] {
  return values.map((value, round) => value / (yardstick[round] ?? Number.NaN))
}

/** Repeats `work` on `lanes` lanes until `seconds` have passed; resolves to the units of work done per second. */
export async function perSecond(
  { lanes, seconds }: { readonly lanes: number; readonly seconds: number },
  work: (lane: number) => Promise<number>,
): Promise<number> {
  const start = performance.now()
  const end = start + seconds * 1000
  let done = 0
  const repeat = async (_: unknown, lane: number): Promise<void> => {
    while (performance.now() < end) {
      const more = await work(lane)
      // Not `done += await …`: that reads `done` before the wait, and other lanes' work would be lost.
      done += more
    }
  }
  await Promise.all(Array.from({ length: lanes }, repeat))
  return done / ((performance.now() - start) / 1000)
}
