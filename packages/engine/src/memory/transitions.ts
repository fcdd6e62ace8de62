/** What leads a run from one state to another, with what its history keeps of it. */
import { isTerminal, type StepAddress } from '../contracts/run.js'
import type { DueRun, RunEnd, RunRest } from '../ports/journal.js'
import { addressKey, currentSteps, type StoredRun, toDue, toEntry } from './stored-run.js'

export function takeOver(stored: StoredRun, now: number, leaseMs: number): void {
  stored.epoch += 1
  stored.status = 'running'
  stored.leaseUntil = now + leaseMs
  stored.dueAt = stored.leaseUntil
  stored.wakeAt = undefined
  stored.isWoken = false
  if (stored.startedAt !== undefined) return
  stored.startedAt = now
  stored.history.push({ at: now, what: 'claimed' })
}

/** Gives a run back that nobody has finished; no crash is counted. */
export function releaseRun(stored: StoredRun, now: number): void {
  // So that the releasing worker cannot write any more.
  stored.epoch += 1
  stored.leaseUntil = undefined
  stored.dueAt = now
  stored.history.push({ at: now, what: 'released' })
}

/** Lets a run wait or rest, unless it has to go on at once. */
export function parkRun(
  stored: StoredRun,
  { status, wakeAt }: RunRest,
  now: number,
): { dispatchSeq: number; isDueNow: boolean } {
  const mustRest = status === 'suspended' || stored.suspendRequested
  const isDueNow = stored.cancelRequested || (!mustRest && stored.isWoken)
  stored.status = mustRest && !isDueNow ? 'suspended' : 'waiting'
  stored.leaseUntil = undefined
  stored.wakeAt = isDueNow ? now : wakeAt
  stored.dueAt = stored.status === 'waiting' ? stored.wakeAt : undefined
  stored.suspendRequested = false
  stored.dispatchSeq += 1
  stored.history.push({ at: now, what: stored.status })
  return { dispatchSeq: stored.dispatchSeq, isDueNow }
}

/** Lets a run rest that nobody executes. */
export function suspendRun(stored: StoredRun, now: number): void {
  // A zombie must not go on with a run that rests.
  if (stored.status === 'running') stored.epoch += 1
  stored.status = 'suspended'
  stored.leaseUntil = undefined
  stored.dueAt = undefined
  stored.history.push({ at: now, what: 'suspended' })
}

/** Ends a run. */
export function endRun(stored: StoredRun, { status, output, error, isDead = false }: RunEnd, now: number): void {
  stored.status = status
  stored.output = output
  stored.error = error
  stored.isDead = isDead
  stored.finishedAt = now
  stored.leaseUntil = undefined
  stored.dueAt = undefined
  stored.wakeAt = undefined
  stored.waits.clear()
  stored.history.push({ at: now, what: status })
}

/** Takes back the end of a run, and what these steps have done. */
export function reopenRun(stored: StoredRun, forget: readonly StepAddress[], now: number): void {
  const forgotten = new Set(forget.map(addressKey))
  for (const step of currentSteps(stored)) {
    if (!forgotten.has(addressKey(step))) continue
    const { error: _, ...last } = step
    stored.log.push({ ...last, status: 'forgotten' })
    stored.history.push(toEntry({ ...last, status: 'forgotten' }, now))
  }
  stored.history.push({ at: now, what: 'redriven', detail: { from: stored.status } })
  stored.epoch += 1
  stored.recoveries = 0
  stored.cancelRequested = false
  stored.isDead = false
  stored.error = undefined
  stored.output = undefined
  stored.finishedAt = undefined
}

/** Makes a run due at once; while somebody holds it, as soon as it parks. */
export function wake(stored: StoredRun, now: number): DueRun[] {
  if (isTerminal(stored.status) || stored.status === 'suspended') return []
  if (stored.status === 'running') {
    stored.isWoken = true
    return []
  }
  return dueNow(stored, now)
}

/** Lets any worker take a run at once. */
export function dueNow(stored: StoredRun, now: number): DueRun[] {
  stored.dueAt = now
  stored.wakeAt = now
  stored.isQueued = false
  stored.dispatchSeq += 1
  return [toDue(stored)]
}
