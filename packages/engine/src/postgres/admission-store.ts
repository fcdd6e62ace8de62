import type postgres from 'postgres'
import type { RunId } from '../contracts/ids.js'
import type {
  AdmissionStore,
  GatheredRun,
  GatheredTrigger,
  RateAnswer,
  RateClaim,
  TriggerToGather,
} from '../ports/admission-store.js'
import { assertDeduplicationKey } from '../ports/deduplication-key.js'
import { textField, toColumns } from './columns.js'
import { gatherTriggers, toIdentity, triggersByRun } from './gatherings.js'
import { GroupWriter } from './group-writer.js'
import { type Connection, createConnection } from './query.js'
import { takeRates } from './rates.js'
import { CLOSE_DUE_SQL, DONE_SQL, FORGET_OLD_SQL, ITEMS_SQL } from './statements/admission.sql.js'

const DEFAULT_QUERY_TIMEOUT_MS = 15_000
/** Old rows of each kind that one call of `due` removes: more than come in between at any usual pace. */
const MAX_FORGOTTEN = 1000

/** What the store is made of. */
export interface PostgresAdmissionStoreOptions {
  /** A client of its own or shared; its role needs SELECT, INSERT, UPDATE and DELETE on the `admission_` tables. */
  readonly sql: postgres.Sql
  /** @default 15_000 */
  readonly queryTimeoutMs?: number
}

/** Rates and buffers in PostgreSQL 15 or newer, in the tables that `migrate` makes. Concurrent calls share commits. */
export function createPostgresAdmissionStore({
  sql,
  queryTimeoutMs = DEFAULT_QUERY_TIMEOUT_MS,
}: PostgresAdmissionStoreOptions): AdmissionStore {
  return new PostgresAdmissionStore(createConnection(sql, queryTimeoutMs))
}

interface Numbered<T> {
  readonly n: number
  readonly entry: T
}

class PostgresAdmissionStore implements AdmissionStore {
  private readonly claims: GroupWriter<Numbered<RateClaim>, RateAnswer>
  private readonly triggers: GroupWriter<Numbered<TriggerToGather>, GatheredTrigger>
  private next = 0

  constructor(private readonly connection: Connection) {
    // Each entry has a key of its own: a batch keeps the order within a rate or a buffer by itself.
    this.claims = new GroupWriter<Numbered<RateClaim>, RateAnswer>(
      (claims) => takeRates(connection, claims.map(entryOf)),
      keyOf,
    )
    this.triggers = new GroupWriter<Numbered<TriggerToGather>, GatheredTrigger>(
      (triggers) => gatherTriggers(connection, triggers.map(entryOf)),
      keyOf,
    )
  }

  take(claim: RateClaim): Promise<RateAnswer> {
    return this.claims.write({ n: this.next++, entry: claim })
  }

  async gather(trigger: TriggerToGather): Promise<GatheredTrigger> {
    if (trigger.deduplicationKey !== undefined) assertDeduplicationKey(trigger.deduplicationKey)
    return this.triggers.write({ n: this.next++, entry: trigger })
  }

  async due({ limit, runId }: { readonly limit: number; readonly runId?: RunId }): Promise<readonly GatheredRun[]> {
    const due = await this.connection.transaction(async (query) => {
      type Row = Parameters<typeof toIdentity>[0] & { readonly kind: GatheredRun['kind'] }
      const rows = await query<Row>(CLOSE_DUE_SQL, [limit, runId ?? null])
      if (rows.length === 0) return []
      const ids = toColumns(
        rows.map(({ run_id }) => [run_id]),
        1,
      )
      // A statement of its own sees what those wrote who held the buffers until now.
      const triggers = triggersByRun(await query(ITEMS_SQL, ids))
      return rows.map((row) => ({ run: toIdentity(row), kind: row.kind, triggers: triggers.get(row.run_id) ?? [] }))
    })
    if (runId === undefined) await this.connection.query(FORGET_OLD_SQL, [MAX_FORGOTTEN])
    return due
  }

  async done(runIds: readonly RunId[]): Promise<void> {
    if (runIds.length === 0) return
    const ids = runIds.map((runId) => [textField(runId, 'run id')])
    await this.connection.query(DONE_SQL, toColumns(ids, 1))
  }
}

function entryOf<T>({ entry }: Numbered<T>): T {
  return entry
}

function keyOf({ n }: Numbered<unknown>): string {
  return String(n)
}
