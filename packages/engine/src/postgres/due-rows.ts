import type { CustomerId, RunId, TenantId } from '../contracts/ids.js'
import type { DueRun } from '../ports/journal.js'

/** A run that a statement has named. */
export interface DueRow {
  readonly id: RunId
  readonly tenant_id: TenantId
  readonly customer_id: CustomerId
  readonly dispatch_seq: number
  /** Absent when the statement names due runs only. */
  readonly is_due?: boolean
}

/** Those of the rows that should be dispatched. */
export function toDueRuns(rows: readonly DueRow[]): DueRun[] {
  return rows.filter(({ is_due }) => is_due !== false).map(toDueRun)
}

/** The run that a row names. */
export function toDueRun({ id, tenant_id, customer_id, dispatch_seq }: DueRow): DueRun {
  return { runId: id, tenantId: tenant_id, customerId: customer_id, dispatchSeq: dispatch_seq }
}
