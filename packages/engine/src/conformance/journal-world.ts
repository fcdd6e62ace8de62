import { isInlayError } from '../contracts/errors.js'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { StepRecord } from '../contracts/run.js'
import type { ClaimedRun, Journal, NewEvent, NewRun, StepWrite } from '../ports/journal.js'

/** What a journal must promise, as a scenario to run on it. `check` throws when a promise is broken. */
export interface JournalScenario {
  readonly name: string
  /** @throws Error that says which promise is broken */
  check(world: JournalWorld): Promise<void>
}

/** A journal under test, and time that the test can let pass on it. */
export interface JournalWorld {
  readonly journal: Journal
  /** Resolves when the journal's clock has gone on by at least `ms`. */
  pass(ms: number): Promise<void>
}

/** Length of the leases that scenarios take, in milliseconds: short, because real clocks have to let them expire. */
export const LEASE_MS = 400

export function newRunId(): RunId {
  return newId<RunId>('run', Date.now())
}

/** A run of a tenant of its own, so that scenarios can share one database. */
export function newRun(more: Partial<NewRun> = {}): NewRun {
  const now = Date.now()
  return {
    runId: newId<RunId>('run', now),
    tenantId: newId<TenantId>('ten', now),
    customerId: newId<CustomerId>('cus', now),
    workflowId: newId<WorkflowId>('wf', now),
    versionId: newId<VersionId>('ver', now),
    mode: 'live',
    trigger: { text: 'Grüße 🎉', nested: [1, null, { a: true }] },
    ...more,
  }
}

/** An event of the customer of a run, with an id of its own. */
export function newEventOf({ tenantId, customerId }: NewRun, name: string, payload: JsonValue): NewEvent {
  return { eventId: newId('evt', Date.now()), tenantId, customerId, name, payload }
}

export function newToken(): string {
  return newId('tok', Date.now())
}

let lastSeq = 0

/** A record on its way into the journal, each with a place of its own. */
export function step(stepPath: string, more: Partial<StepWrite> = {}): StepWrite {
  lastSeq += 1
  return {
    seq: lastSeq,
    at: 1500,
    stepPath,
    iteration: '0',
    type: 'set',
    status: 'succeeded',
    attempt: 1,
    startedAt: 1000,
    finishedAt: 2000,
    ...more,
  }
}

/** The record as readers see it. */
export function recordOf({ seq: _seq, at: _at, wait: _wait, ...record }: StepWrite): StepRecord {
  return record
}

export async function claimOne(journal: Journal, runId: RunId, owner = 'a'): Promise<ClaimedRun | undefined> {
  const [claimed] = await journal.claim({ runIds: [runId], owner, leaseMs: LEASE_MS })
  return claimed
}

/** A new run, created and claimed. */
export async function started(
  journal: Journal,
  more: Partial<NewRun> = {},
): Promise<{ run: NewRun; lease: ClaimedRun }> {
  const run = newRun(more)
  await journal.create(run)
  const lease = await claimOne(journal, run.runId)
  if (lease === undefined) throw new Error('a new run could not be claimed')
  return { run, lease }
}

/** @throws Error that names `what` when the two are not the same JSON */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [canonical(actual), canonical(expected)]
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`)
}

/** JSON with sorted fields and without undefined ones. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, child: unknown) =>
      typeof child === 'object' && child !== null && !Array.isArray(child)
        ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
        : child,
    ) ?? 'undefined'
  )
}

/** @throws Error unless the write is refused with `FencedError` */
export async function fenced(write: Promise<unknown>, what: string): Promise<void> {
  await refused(write, 'run.fenced', what)
}

/** @throws Error unless `promise` rejects with this code */
export async function refused(promise: Promise<unknown>, code: string, what: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isInlayError(error) || error.code !== code) throw new Error(`${what} was not refused: ${String(error)}`)
}

/** A running or waiting step: it has no end. */
export function openStep(stepPath: string, more: Partial<StepWrite> = {}): StepWrite {
  const { finishedAt: _, ...open } = step(stepPath, { type: 'wait', status: 'waiting', ...more })
  return open
}

export async function pathsOf(journal: Journal, run: NewRun): Promise<string[]> {
  return (await journal.readSteps(run, run.runId)).map(({ stepPath }) => stepPath)
}

/** The lines of a run's history as short texts, for example `created`, `a succeeded`. */
export async function whatHappened(journal: Journal, run: NewRun): Promise<string[]> {
  const history = await journal.readHistory(run, run.runId)
  return history.map(({ what, step: subject }) => (subject === undefined ? what : `${subject.stepPath} ${what}`))
}

export async function statusOf(journal: Journal, run: NewRun): Promise<string | undefined> {
  return (await journal.readRun(run, run.runId))?.status
}

export function isNamed(due: readonly { readonly runId: RunId }[], runId: RunId): boolean {
  return due.some((named) => named.runId === runId)
}
