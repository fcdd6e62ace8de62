import type { RunId, TenantId } from '../contracts/ids.js'
import { isTerminal, type RunStatus } from '../contracts/run.js'
import type { DueRun } from '../ports/journal.js'
import { toColumns } from './columns.js'
import { type DueRow, toDueRun } from './due-rows.js'
import { deliverEvent, findWaitedPaths } from './events.js'
import { lookForEarlier } from './looks.js'
import type { Connection } from './query.js'
import { settle } from './settlements.js'
import { DUE_CUSTOMERS_SQL, DUE_SQL, FAIR_DUE_SQL, FAIR_SETTINGS_SQL, TO_DO_SQL } from './statements/due.sql.js'

/** As many as one call names, at most. */
const MAX_DUE = 1000
/** What dead processes left undone is made up for in small bites: there is another call soon. */
const UNDONE_AT_ONCE = 50
/** How many customers are looked at in one call when there is more to do than asked for. */
const MAX_CUSTOMERS = 1000

type NamedRow = DueRow & { readonly status: RunStatus }
interface ToDoRow {
  readonly tenant_id: TenantId | null
  readonly event_id: string | null
  readonly run_id: RunId | null
  readonly due: number | null
}

interface CustomerRow {
  readonly tenant_id: string
  readonly customer_id: string
  readonly is_due: boolean
}

/** Finds runs that should be dispatched. Remembers which customer's turn it is when there is more than asked for. */
export class DueRuns {
  private lastCustomer: readonly [tenantId: string, customerId: string] = ['', '']

  constructor(private readonly connection: Connection) {}

  async find(limit: number): Promise<DueRun[]> {
    const wanted = Math.min(limit, MAX_DUE)
    const toDo = await this.connection.query<ToDoRow>(TO_DO_SQL, [UNDONE_AT_ONCE, wanted + 1])
    const named: DueRun[] = []
    for (const row of toDo) named.push(...(await this.orLater(this.makeUp(row))))
    const rows = await this.nameRuns(wanted, toDo.at(-1)?.due ?? 0)
    for (const row of rows) {
      const { id: runId, tenant_id: tenantId } = row
      const isEnded = isTerminal(row.status)
      named.push(...(isEnded ? await this.orLater(settle(this.connection, { runId, tenantId })) : [toDueRun(row)]))
    }
    // One too many is not lost: it is due again in a few seconds.
    return named.slice(0, wanted)
  }

  /** What fails for one event or run is tried again by a later call, and must not hide from others that they are due. */
  private orLater(work: Promise<DueRun[]>): Promise<DueRun[]> {
    return work.catch(() => [])
  }

  /** Delivers an event, or looks after waits, that somebody who died did not. */
  private async makeUp({ tenant_id: tenantId, event_id: eventId, run_id: runId }: ToDoRow): Promise<DueRun[]> {
    if (tenantId === null) return []
    if (runId !== null) return lookForEarlier(this.connection, { runId, tenantId })
    if (eventId === null) return []
    const key = { tenantId, eventId }
    const [paths = []] = await findWaitedPaths(this.connection.query, [key])
    return paths.length === 0 ? [] : deliverEvent(this.connection, key, paths)
  }

  private async nameRuns(wanted: number, dueCount: number): Promise<NamedRow[]> {
    const { query } = this.connection
    if (dueCount === 0) return []
    if (dueCount <= wanted) return query<NamedRow>(DUE_SQL, [wanted])
    const fair = await this.nameInTurns(wanted)
    if (fair.length >= wanted) return fair
    return [...fair, ...(await query<NamedRow>(DUE_SQL, [wanted - fair.length]))]
  }

  /** The same share for each customer that has something due, beginning behind the one that came last. */
  private async nameInTurns(wanted: number): Promise<NamedRow[]> {
    const customers = await this.dueCustomers(wanted)
    const share = Math.max(1, Math.floor(wanted / Math.max(1, customers.length)))
    const columns = toColumns(
      customers.map(({ tenant_id, customer_id }) => [tenant_id, customer_id]),
      2,
    )
    if (customers.length === 0) return []
    return this.connection.transaction(async (query) => {
      await query(FAIR_SETTINGS_SQL, [])
      return query<NamedRow>(FAIR_DUE_SQL, [...columns, share])
    })
  }

  private async dueCustomers(wanted: number): Promise<CustomerRow[]> {
    const seen = await this.connection.query<CustomerRow>(DUE_CUSTOMERS_SQL, [...this.lastCustomer, MAX_CUSTOMERS])
    const due = seen.filter(({ is_due }) => is_due).slice(0, wanted)
    const last = due.length === wanted ? due.at(-1) : seen.length === MAX_CUSTOMERS ? seen.at(-1) : undefined
    this.lastCustomer = last === undefined ? ['', ''] : [last.tenant_id, last.customer_id]
    return due
  }
}
