import type { TenantScope } from '@inlay/engine'
import { GroupWriter } from '@inlay/engine/postgres'
import { type Page, toPage } from '../api/pagination.js'
import { createOrderedIds, type Database, type ScopedSql } from '../database/index.js'
import { type AuditEntry, type AuditRow, toAuditRow } from './entry.js'
import type { AuditRecord } from './schema.js'
import type { ActingScope } from './source.js'
import { type AuditFilter, AuditStore, type RecordedRow } from './store.js'

/** What was done in a tenant, by whom. It only grows: nobody can change what it says. */
export interface AuditLog {
  /**
   * Records something.
   *
   * @param sql the transaction in which it is done: it is recorded exactly when that commits. Without one it is durable when this resolves
   */
  record(scope: ActingScope, entry: AuditEntry, sql?: ScopedSql): Promise<void>
  /**
   * Records what happens often, such as reads of secrets: many entries share one statement. It is durable when this
   * resolves, so await it before what it tells of is done.
   */
  recordGrouped(scope: ActingScope, entry: AuditEntry): Promise<void>
  /** Newest first. */
  list(scope: TenantScope, filter: AuditFilter): Promise<Page<AuditRecord>>
}

/** The log in the database. */
export function createAuditLog(database: Database): AuditLog {
  const store = new AuditStore(database)
  const group = new GroupWriter<AuditRow, undefined>(
    async (rows) => {
      await store.insertMany(rows)
      return rows.map(() => undefined)
    },
    ({ id }) => id,
  )
  const nextId = createOrderedIds('aud')
  const rowOf = (scope: ActingScope, entry: AuditEntry): AuditRow => toAuditRow(scope, entry, nextId())
  return {
    record: (scope, entry, sql) => {
      const row = rowOf(scope, entry)
      return sql === undefined
        ? store.within(scope, (transaction) => store.insert(transaction, row))
        : store.insert(sql, row)
    },
    recordGrouped: (scope, entry) => group.write(rowOf(scope, entry)),
    list: async (scope, filter) => {
      const rows = await store.list(scope, filter)
      return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toRecord })
    },
  }
}

function toRecord(row: RecordedRow): AuditRecord {
  const { target_kind: kind, target_id: targetId } = row
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id },
    action: row.action,
    target: kind === null || targetId === null ? null : { kind, id: targetId },
    customerId: row.customer_id,
    ip: row.ip,
    requestId: row.request_id,
    details: row.details,
  }
}
