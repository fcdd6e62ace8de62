import type postgres from 'postgres'

/** Whether this process is the one that sweeps and fires schedules. */
export interface Leader {
  isLeader(): Promise<boolean>
  resign(): Promise<void>
}

/** The number names this lock and nothing else. */
const LOCK = 7233192002

/** Leadership by an advisory lock on a connection of its own: it falls to another process when the connection ends. */
export function createLeader(sql: postgres.Sql): Leader {
  let connection: postgres.ReservedSql | undefined
  const lose = (): void => {
    connection?.release()
    connection = undefined
  }
  return {
    isLeader: async () => {
      try {
        if (connection !== undefined) {
          // A server that restarted has forgotten the lock; asking is the only way to know.
          const [row] = await connection`SELECT EXISTS (
            SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted) AS held`
          if (row?.['held'] === true) return true
          lose()
        }
        const candidate = await sql.reserve()
        const [row] = await candidate`SELECT pg_try_advisory_lock(${LOCK}) AS held`
        if (row?.['held'] === true) connection = candidate
        else candidate.release()
        return connection !== undefined
      } catch {
        lose()
        return false
      }
    },
    resign: async () => {
      if (connection !== undefined) await connection`SELECT pg_advisory_unlock(${LOCK})`.catch(() => undefined)
      lose()
    },
  }
}
