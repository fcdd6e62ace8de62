import type { Lease, RunRequests } from '../ports/journal.js'
import { numberField, textField, toColumns } from './columns.js'
import type { Query } from './query.js'
import { LEASE_COLUMNS, RELEASE_SQL, RENEW_SQL } from './statements/lease.sql.js'

/** Prolongs leases; answers per lease, in order. */
export async function renewLeases(
  query: Query,
  leases: readonly Lease[],
  leaseMs: number,
): Promise<({ readonly held: boolean } & RunRequests)[]> {
  type Row = { n: number; cancel_requested: boolean; suspend_requested: boolean }
  const rows = await query<Row>(RENEW_SQL, [...leaseColumns(leases), leaseMs])
  const held = new Map(rows.map((row) => [leaseKey(leases[row.n]), row]))
  return leases.map((lease) => {
    const row = held.get(leaseKey(lease))
    return {
      held: row !== undefined,
      cancelRequested: row?.cancel_requested ?? false,
      suspendRequested: row?.suspend_requested ?? false,
    }
  })
}

/** Gives leases up, so that others can claim their runs at once. */
export async function releaseLeases(query: Query, leases: readonly Lease[]): Promise<void> {
  await query(RELEASE_SQL, leaseColumns(leases))
}

function leaseKey(lease: Lease | undefined): string {
  return lease === undefined ? '' : `${lease.runId} ${lease.epoch}`
}

/** Each lease once, in the order of the run ids: the order in which all statements lock runs. */
function leaseColumns(leases: readonly Lease[]): string[] {
  const distinct = new Map(leases.map((lease, n) => [leaseKey(lease), { lease, n }]))
  const ordered = [...distinct.values()].sort((a, b) => (a.lease.runId < b.lease.runId ? -1 : 1))
  const rows = ordered.map(({ lease, n }) => [
    String(n),
    textField(lease.runId, 'run id'),
    textField(lease.tenantId, 'tenant id'),
    numberField(lease.epoch),
  ])
  return toColumns(rows, LEASE_COLUMNS.length)
}
