import type { Dispatch, EventSink } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { ownerOf } from './lanes.js'
import { TAKE_PLACES } from './queue-places.lua.js'

/**
 * Long enough for a run to be claimed; a place whose run was lost on its way is free again after it. The sweeper
 * dispatches what still waits every few seconds, which prolongs its place.
 */
const PLACE_MS = 30_000

/** A run with its owner, by which places are counted. */
type OwnedRun = Pick<Dispatch, 'runId' | 'tenantId' | 'customerId'>

/**
 * Places in the queue: each customer has so many, shared by all processes, and a run holds one from its dispatch until
 * a worker has claimed it. So a customer's flood never stands before another's runs by more than that.
 */
export interface QueuePlaces {
  /** Answers for each run whether it may be sent now. Rejects while Redis is away. */
  take(runs: readonly OwnedRun[]): Promise<boolean[]>
  /** Gives places back, soon. Harmless for runs that have none, and while Redis is away. */
  free(runs: readonly OwnedRun[]): void
}

export interface QueuePlacesOptions {
  /** A connection that fails fast. */
  readonly redis: Redis
  /** Runs of one customer that may be in the queue at once. @default 200 */
  readonly perCustomer?: number
}

export function createQueuePlaces({ redis, perCustomer = 200 }: QueuePlacesOptions): QueuePlaces {
  let freed: OwnedRun[] = []
  const flush = (): void => {
    const idsByKey = new Map<string, string[]>()
    for (const run of freed) {
      const key = keyOf(run)
      const ids = idsByKey.get(key)
      if (ids === undefined) idsByKey.set(key, [run.runId])
      else ids.push(run.runId)
    }
    freed = []
    for (const [key, ids] of idsByKey) redis.zrem(key, ...ids).catch(() => undefined)
  }
  return {
    take: async (runs) => {
      const ids = runs.map(({ runId }) => runId)
      // The script answers a list of 0 and 1.
      const answers = (await redis.eval(
        TAKE_PLACES,
        runs.length,
        ...runs.map(keyOf),
        perCustomer,
        PLACE_MS,
        ...ids,
      )) as number[]
      return answers.map((answer) => answer === 1)
    },
    free: (runs) => {
      if (freed.length === 0 && runs.length > 0) setImmediate(flush)
      freed.push(...runs)
    },
  }
}

/** Passes events on, and gives back the places of runs that a worker has begun to execute. */
export function freeingPlaces(places: QueuePlaces, next: EventSink): EventSink {
  return {
    emit: (event) => {
      if (event.type === 'run' && event.status === 'running') places.free([event.run])
      next.emit(event)
    },
  }
}

/** The braces keep all sets in one slot of a Redis cluster, as the script needs it. */
function keyOf(run: OwnedRun): string {
  return `inlay:{queued}:${ownerOf(run)}`
}
