import type { RunId, TenantId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { RunIdentity } from '../contracts/run.js'

/** One start that counts against a rate. */
export interface RateClaim {
  readonly tenantId: TenantId
  /** Unique within the tenant; 1 to 255 characters, none of them a control character. */
  readonly key: string
  /** Starts in any stretch of `periodMs`. */
  readonly limit: number
  readonly periodMs: number
  /** What becomes of a start that is one too many: `queue` gives it the next free moment, `refuse` does not count it. */
  readonly onExcess: 'queue' | 'refuse'
}

/** Whether there is room under a rate, and when there will be. */
export interface RateAnswer {
  readonly isTaken: boolean
  /** Milliseconds until the moment that was taken, or, when none was, until one would be free. */
  readonly delayMs: number
}

/**
 * How triggers are gathered. `last` starts one run when `quietMs` have passed without another trigger, at the latest
 * `maxMs` after the first, and keeps the last trigger alone; `all` keeps each, and starts at `maxItems` or after `maxMs`.
 */
export type GatherPolicy =
  | { readonly kind: 'last'; readonly quietMs: number; readonly maxMs: number | undefined }
  | { readonly kind: 'all'; readonly maxItems: number; readonly maxBytes: number; readonly maxMs: number }

/** A trigger on its way into a buffer. */
export interface TriggerToGather {
  /** Whose trigger it is. `runId` names the trigger itself, and is the id of the run if it is the first of its buffer. */
  readonly run: RunIdentity
  /** Triggers of one tenant, customer, workflow and key belong together. 1 to 255 characters, none a control character. */
  readonly key: string
  readonly trigger: JsonValue
  /** Size of the trigger as JSON. */
  readonly bytes: number
  /** A second trigger of one tenant, workflow and key is answered as the first was, and not kept. */
  readonly deduplicationKey?: string
  readonly policy: GatherPolicy
}

/** What became of a trigger. */
export interface GatheredTrigger {
  /** The run that the trigger will be part of. */
  readonly runId: RunId
  /** False when the deduplication key was seen before. */
  readonly created: boolean
  /** Whether the run should start at once. */
  readonly isFull: boolean
}

/** A run to be, with the triggers gathered for it. */
export interface GatheredRun {
  readonly run: RunIdentity
  readonly kind: GatherPolicy['kind']
  /** Oldest first. */
  readonly triggers: readonly JsonValue[]
}

/**
 * What decides on starts beyond the run at hand: rates, and triggers that wait for their run.
 *
 * Promises: what a resolved promise reports is durable and holds for all processes. No stretch of a period sees more
 * starts than the limit. A trigger is in exactly one buffer; a buffer is due until `done` was called for it. Times are
 * decided by the store's own clock. All methods are safe to repeat after an unknown outcome: a start may then count
 * twice, a trigger does not.
 * Deliberately absent: runs. The journal records those; an id that `gather` gave becomes a run when its buffer is due.
 */
export interface AdmissionStore {
  /** Counts a start against a rate; starts are served in the order they come. */
  take(claim: RateClaim): Promise<RateAnswer>

  /** Keeps a trigger. */
  gather(trigger: TriggerToGather): Promise<GatheredTrigger>

  /**
   * Closes buffers whose time has come and gives what they hold. One is not given again for 30 seconds; later triggers go
   * into a new one.
   *
   * @param options.limit how many at most, 1 to 1000
   * @param options.runId only the buffer of this run
   */
  due(options: { readonly limit: number; readonly runId?: RunId }): Promise<readonly GatheredRun[]>

  /** Forgets the triggers of runs that are recorded. */
  done(runIds: readonly RunId[]): Promise<void>
}
