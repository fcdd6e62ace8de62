import { isTerminal } from '../contracts/run.js'
import type { StoredRun } from './stored-run.js'

/** The runs that share a limited number of places: holders first come, then those who wait. */
interface Places {
  readonly holders: Set<StoredRun>
  readonly queue: StoredRun[]
}

/** Places by tenant and key. */
export class Slots {
  private readonly places = new Map<string, Places>()

  /** Takes a place for a run, or says that none is free. Runs without a slot always have one. */
  take(stored: StoredRun): boolean {
    const { slot } = stored.run
    if (slot === undefined) return true
    const { holders } = this.placesOf(stored)
    if (holders.has(stored)) return true
    if (holders.size >= slot.limit) return false
    holders.add(stored)
    return true
  }

  enqueue(stored: StoredRun): void {
    this.placesOf(stored).queue.push(stored)
  }

  /** Forgets that a run waits for a place; it asks again when it wants one. */
  leaveQueue(stored: StoredRun): void {
    if (!stored.isQueued) return
    const { queue } = this.placesOf(stored)
    queue.splice(queue.indexOf(stored), 1)
    stored.isQueued = false
  }

  /** The run that has held a place longest. */
  oldestHolder(stored: StoredRun): StoredRun | undefined {
    return [...this.placesOf(stored).holders].find(({ cancelRequested }) => !cancelRequested)
  }

  /** Gives up the place of a run that has ended. @returns the run that has it now */
  release(stored: StoredRun): StoredRun | undefined {
    if (stored.run.slot === undefined) return undefined
    const { holders, queue } = this.placesOf(stored)
    if (!holders.delete(stored)) return undefined
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (isTerminal(next.status)) continue
      holders.add(next)
      return next
    }
    return undefined
  }

  private placesOf({ run }: StoredRun): Places {
    const key = `${run.tenantId} ${run.slot?.key ?? ''}`
    const places = this.places.get(key) ?? { holders: new Set(), queue: [] }
    this.places.set(key, places)
    return places
  }
}
