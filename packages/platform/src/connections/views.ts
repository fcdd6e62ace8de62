import type { Connection } from './schema.js'
import type { ConnectionRow } from './store.js'

/** A connection as callers see it. */
export function toConnection(row: ConnectionRow): Connection {
  const { account_id: id, account_label: label } = row
  return {
    id: row.id,
    customerId: row.customer_id,
    connector: row.connector,
    method: row.method,
    name: row.name,
    status: row.status,
    detail: row.detail,
    account: id === null ? null : { id, label: label ?? id },
    scopes: [...row.scopes],
    fields: { ...row.fields },
    checkedAt: row.checked_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
