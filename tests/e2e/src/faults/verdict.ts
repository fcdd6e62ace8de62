import type { RunId } from '@inlay/engine'
import type { FaultWorld } from './fault-world.js'

/** What a fault has done, as the database and the outside tell it. All but `repeated` must be zero. */
export interface Verdict {
  /** Runs that have not ended, or are not there at all. */
  readonly lost: number
  /** Steps that were recorded as succeeded more than once. */
  readonly recordedTwice: number
  /** Rows of an older epoch that were written after a newer one had begun to write. */
  readonly zombieWrites: number
  /** Calls that reached the outside more than twice, or were made under another key. */
  readonly unexplained: number
  /** Calls that reached the outside twice, with the same key: allowed where a process died in between. */
  readonly repeated: number
}

/** @param calls what each run has to reach, as `step path/iteration`; absent when that is open */
export async function judge(
  { sql, effects }: FaultWorld,
  runIds: readonly RunId[],
  calls?: readonly string[],
): Promise<Verdict> {
  const runs = await sql<{ status: string }[]>`SELECT status FROM inlay.runs WHERE id IN ${sql([...runIds])}`
  const ended = runs.filter(({ status }) => ['succeeded', 'failed', 'cancelled'].includes(status)).length
  const [twice] = await sql<{ n: number }[]>`SELECT count(*)::int AS n FROM (
    SELECT FROM inlay.journal WHERE run_id IN ${sql([...runIds])} AND status = 'succeeded' AND step_path <> ''
    GROUP BY run_id, step_path, iteration HAVING count(*) > 1) AS again`
  // Transactions are numbered as they come: a zombie's would have a higher number than those of the epoch after it.
  const [zombies] = await sql<{ n: number }[]>`SELECT count(*)::int AS n FROM inlay.journal old
    WHERE old.run_id IN ${sql([...runIds])} AND EXISTS (
      SELECT FROM inlay.journal new WHERE new.run_id = old.run_id AND new.epoch > old.epoch
        AND new.xmin::text::bigint < old.xmin::text::bigint)`
  const counts = countsOf(effects.calls.filter((key) => runIds.some((runId) => key.startsWith(`${runId}/`))))
  const expected =
    calls === undefined ? undefined : new Set(runIds.flatMap((id) => calls.map((call) => `${id}/${call}`)))
  const unknown = [...counts.keys()].filter((key) => expected !== undefined && !expected.has(key)).length
  const missing = [...(expected ?? [])].filter((key) => !counts.has(key)).length
  const tooMany = [...counts.values()].filter((count) => count > 2).length
  return {
    lost: runIds.length - ended,
    recordedTwice: twice?.n ?? -1,
    zombieWrites: zombies?.n ?? -1,
    unexplained: unknown + missing + tooMany,
    repeated: [...counts.values()].filter((count) => count === 2).length,
  }
}

function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** The verdict of a fault that did no harm, apart from `repeated`. */
export const UNHARMED = { lost: 0, recordedTwice: 0, zombieWrites: 0, unexplained: 0 }
