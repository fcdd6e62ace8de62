import type { RunIdentity } from '../contracts/run.js'
import type { GatherPolicy, TriggerToGather } from '../ports/admission-store.js'

/** A buffer that takes triggers. Times are Unix milliseconds. */
export interface TriggerBuffer {
  readonly run: RunIdentity
  readonly key: string
  readonly kind: GatherPolicy['kind']
  readonly firstAt: number
  readonly dueAt: number
  readonly count: number
  readonly bytes: number
  /** Whether it takes no more. */
  readonly isClosed: boolean
}

/** What a trigger does to the buffer of its key. */
export interface Gathering {
  /** The buffer that holds it. */
  readonly buffer: TriggerBuffer
  /** The one before, when it has no room for the trigger. */
  readonly closed: TriggerBuffer | undefined
}

/** Puts a trigger into the open buffer of its key, or into a new one. */
export function gathered(open: TriggerBuffer | undefined, given: TriggerToGather, now: number): Gathering {
  const hasRoom = open !== undefined && fits(open, given)
  if (open === undefined || hasRoom) return { buffer: withTrigger(open, given, now), closed: undefined }
  return { buffer: withTrigger(undefined, given, now), closed: { ...open, isClosed: true, dueAt: now } }
}

/** A trigger as large as the bound still gets a buffer of its own. */
function fits({ bytes }: TriggerBuffer, { policy, bytes: more }: TriggerToGather): boolean {
  return policy.kind === 'last' || bytes + more <= policy.maxBytes
}

function withTrigger(open: TriggerBuffer | undefined, given: TriggerToGather, now: number): TriggerBuffer {
  const { key, policy } = given
  const firstAt = open?.firstAt ?? now
  const count = (open?.count ?? 0) + 1
  const isClosed = policy.kind === 'all' && count >= policy.maxItems
  return {
    // The newest version that was triggered is the one to run.
    run: { ...given.run, runId: open?.run.runId ?? given.run.runId },
    key,
    kind: policy.kind,
    firstAt,
    dueAt: isClosed ? now : dueAt(policy, firstAt, now),
    count,
    bytes: (open?.bytes ?? 0) + given.bytes,
    isClosed,
  }
}

function dueAt(policy: GatherPolicy, firstAt: number, now: number): number {
  if (policy.kind === 'all') return firstAt + policy.maxMs
  return Math.min(now + policy.quietMs, firstAt + (policy.maxMs ?? Number.POSITIVE_INFINITY))
}
