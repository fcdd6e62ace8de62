import type postgres from 'postgres'

/** Whether this process is the one that sweeps and fires schedules. */
export interface Leader {
  /** Becomes the leader when there is none. Never throws: without a database nobody leads. */
  isLeader(): Promise<boolean>
  /** Lets another process lead at once. */
  resign(): Promise<void>
}

/** The number names this lock and nothing else. */
const LOCK = 7233192002

/** Leadership by an advisory lock on a connection of its own: it falls to another process when the connection ends. */
export function createLeader(sql: postgres.Sql): Leader {
  let connection: postgres.ReservedSql | undefined
  let asking: Promise<boolean> | undefined
  const lose = async (): Promise<void> => {
    const lost = connection
    connection = undefined
    if (lost === undefined) return
    // The connection goes back to the pool and lives on: with the lock in it nobody else could lead.
    await lost`SELECT pg_advisory_unlock_all()`.catch(() => undefined)
    lost.release()
  }
  const holds = async (held: postgres.ReservedSql): Promise<boolean> => {
    // A server that restarted has forgotten the lock; asking is the only way to know.
    const [row] = await held`SELECT EXISTS (
      SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted) AS held`
    return row?.['held'] === true
  }
  const stand = async (): Promise<void> => {
    const candidate = await sql.reserve()
    try {
      const [row] = await candidate`SELECT pg_try_advisory_lock(${LOCK}) AS held`
      if (row?.['held'] === true) connection = candidate
    } finally {
      if (connection !== candidate) candidate.release()
    }
  }
  const ask = async (): Promise<boolean> => {
    try {
      if (connection !== undefined && !(await holds(connection))) await lose()
      if (connection === undefined) await stand()
    } catch {
      await lose()
    }
    return connection !== undefined
  }
  return {
    // Sweeper and scheduler ask at the same time: two candidates of one process would refuse each other.
    isLeader: () => {
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
    resign: async () => {
      await asking
      await lose()
    },
  }
}
