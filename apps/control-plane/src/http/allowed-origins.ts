import type { Database } from '@inlay/platform/database'

const KEEP_MS = 10_000

/** The origins that any tenant allows, kept for seconds. Which tenant a page may use is decided by its token. */
export function createAllowedOrigins(database: Database): () => Promise<readonly string[]> {
  let kept: readonly string[] = []
  let until = 0
  return async () => {
    if (Date.now() > until) {
      const [row] = await database.withLookup(
        '',
        (sql) => sql<{ origins: string[] | null }[]>`SELECT inlay.allowed_origins() AS origins`,
      )
      kept = row?.origins ?? []
      until = Date.now() + KEEP_MS
    }
    return kept
  }
}
