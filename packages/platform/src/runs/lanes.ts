import type { CustomerId, Dispatch, RunId, TenantId } from '@inlay/engine'

/** A customer's runs that wait for room are ids in memory; what is beyond these bounds is left to the sweeper. */
const MAX_PER_LANE = 5000
const MAX_WAITING = 50_000

/** Whose run it is: customers of different tenants may have the same id. */
export function ownerOf({ tenantId, customerId }: { tenantId: TenantId; customerId: CustomerId }): string {
  return `${tenantId}/${customerId}`
}

/** Runs that wait to be sent, a lane for each customer. */
export class Lanes {
  private readonly lanes = new Map<string, Map<RunId, Dispatch>>()
  private waiting = 0

  /** Runs in all lanes. */
  get size(): number {
    return this.waiting
  }

  /** Adds runs at the end of their lanes. One that is there already keeps its place. */
  add(runs: readonly Dispatch[]): void {
    for (const run of runs) {
      const owner = ownerOf(run)
      const lane = this.lanes.get(owner) ?? new Map<RunId, Dispatch>()
      const isKnown = lane.has(run.runId)
      if (!isKnown && (lane.size >= MAX_PER_LANE || this.waiting >= MAX_WAITING)) continue
      lane.set(run.runId, run)
      this.lanes.set(owner, lane)
      if (!isKnown) this.waiting += 1
    }
  }

  /** The runs that are next: one of each customer in turn, up to `perLane` of each and `max` in all. */
  next({ max, perLane }: { max: number; perLane: number }): Dispatch[] {
    const next: Dispatch[] = []
    let turns = [...this.lanes.values()].map((lane) => lane.values())
    for (let round = 0; round < perLane && turns.length > 0; round++) {
      turns = turns.filter((turn) => {
        const { value } = turn.next()
        if (value !== undefined && next.length < max) next.push(value)
        return value !== undefined
      })
      if (next.length >= max) break
    }
    return next
  }

  /** Takes runs out. */
  remove(runs: readonly Dispatch[]): void {
    for (const run of runs) {
      const owner = ownerOf(run)
      const lane = this.lanes.get(owner)
      if (lane?.delete(run.runId) !== true) continue
      this.waiting -= 1
      if (lane.size === 0) this.lanes.delete(owner)
    }
  }

  /** Has the customers of these runs wait behind all others. */
  moveBack(runs: readonly Dispatch[]): void {
    for (const owner of new Set(runs.map(ownerOf))) {
      const lane = this.lanes.get(owner)
      if (lane === undefined) continue
      this.lanes.delete(owner)
      this.lanes.set(owner, lane)
    }
  }

  clear(): void {
    this.lanes.clear()
    this.waiting = 0
  }
}
