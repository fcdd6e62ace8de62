import type { Authorization, AuthorizationStatus } from './schema.js'
import type { AuthorizationRow, StoredStatus } from './store.js'

const STATUSES: Readonly<Record<StoredStatus, AuthorizationStatus>> = {
  pending: 'pending',
  started: 'pending',
  returned: 'pending',
  authorized: 'authorized',
  confirming: 'authorized',
  confirmed: 'confirmed',
  failed: 'failed',
}

/** Where an authorization is, for those who follow it. */
export function statusOf({ status, is_expired: isExpired }: AuthorizationRow): AuthorizationStatus {
  const isFinal = status === 'confirmed' || status === 'failed'
  return isExpired && !isFinal ? 'expired' : STATUSES[status]
}

/** An authorization as the one who began it sees it. */
export function toAuthorization(row: AuthorizationRow): Authorization {
  const status = statusOf(row)
  const { account_id: id, account_label: label, error_code: code, error_detail: detail } = row
  return {
    id: row.id,
    status,
    awaiting: status === 'pending' ? 'person' : status === 'authorized' && row.needs_host ? 'host' : null,
    connector: row.connector,
    customerId: row.customer_id,
    account: id === null ? null : { id, label: label ?? id },
    scopes: [...row.scopes],
    connectionId: row.result_connection_id,
    error: code === null ? null : { code, detail: detail ?? '' },
    expiresAt: row.expires_at.toISOString(),
  }
}
