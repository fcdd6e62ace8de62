import { BugError, type ErrorRecord, FencedError, StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { measurePlainJson } from '../contracts/plain-json.js'
import {
  identityOf,
  type RunIdentity,
  type StepAddress,
  type StepRecord,
  type StepStatus,
  type WebhookResponse,
} from '../contracts/run.js'
import type { EngineEvent } from '../ports/event-sink.js'
import type { ClaimedRun, Journal, Lease, RunRequests, StepWrite, WaitRegistration } from '../ports/journal.js'
import { CancelScope } from './cancel-scope.js'
import type { EngineDeps } from './engine-options.js'
import { recordFailure } from './error-record.js'
import { Saga } from './saga.js'
import { CancelSignal } from './signals.js'

/** Where it is recorded what befell a run as a whole, so that the next process knows. */
const RUN_ADDRESS: StepAddress = { stepPath: '$run', iteration: '0' }

/**
 * One stay of a run in this process: from its claim until it ends, parks or loses its lease.
 * Keeps what is recorded, what is still to be written, and the scopes that stop running steps.
 */
export class Activation {
  readonly identity: RunIdentity
  /** Ends when the run is no longer ours: nothing may begin any more, not even clean-up. */
  readonly possession = new CancelScope()
  /** Ends also when the run is cancelled or has used up its bounds. */
  readonly course = new CancelScope(this.possession)
  readonly saga: Saga
  /** Written with the end of the run and not before. */
  lastRecord: StepRecord | undefined
  /** What earlier activations recorded, oldest first. */
  private steps: readonly StepRecord[]
  private recorded: Map<string, StepRecord>
  private readonly answers: ReadonlyMap<string, JsonValue>
  private readonly claimedLocally: number
  private unwritten: StepWrite[] = []
  private nextSeq = 0
  /** Whether something unwritten could not be computed again after a crash. */
  private mustWrite = false
  private writing: Promise<void> = Promise.resolve()
  private writeFailure: unknown
  private stepCount: number
  private historyBytes: number
  private expiry: ErrorRecord | undefined
  private mustRest: boolean
  private pins: ReadonlyMap<string, JsonValue> = new Map()

  /** @param leasedAt the clock's time when the lease was last asked for: it is whole from then on */
  constructor(
    readonly run: ClaimedRun,
    readonly deps: EngineDeps,
    public leasedAt: number = deps.clock.now(),
  ) {
    this.identity = identityOf(run)
    this.steps = run.steps
    this.recorded = latestRecords(run.steps)
    this.answers = new Map(run.answers.map(({ answer, ...address }) => [keyOf(address), answer]))
    this.saga = new Saga(() => this.steps)
    this.stepCount = this.recorded.size
    this.historyBytes = sizeOf(run.steps)
    this.claimedLocally = deps.clock.now()
    this.mustRest = run.suspendRequested
    if (run.cancelRequested) this.cancel()
    const own = this.recorded.get(keyOf(RUN_ADDRESS))
    if (own?.status === 'failed' && own.error !== undefined) this.endCourse(own.error)
  }

  get lease(): Lease {
    return this.run
  }

  /** Whether the run is no longer ours. */
  get isLost(): boolean {
    return this.possession.isOver
  }

  /** Unix milliseconds by the journal's clock, so that waits mean the same on every machine. */
  now(): number {
    return Math.round(this.run.claimedAt + (this.deps.clock.now() - this.claimedLocally))
  }

  /** What an earlier activation recorded of a step, or what this one did of a step that has not ended. */
  recordOf(address: StepAddress): StepRecord | undefined {
    return this.recorded.size === 0 ? undefined : this.recorded.get(keyOf(address))
  }

  /** What a step of a test run gives in place of being run; undefined when it is to be run. */
  pinOf(stepId: string): JsonValue | undefined {
    return this.pins.get(stepId)
  }

  /** Takes what steps give without being run, before the run goes on. */
  pin(outputs: Readonly<Record<string, JsonValue>>): void {
    this.pins = new Map(Object.entries(outputs))
  }

  /** Takes what was recorded from elsewhere, before the run goes on. @param steps as many as were recorded, oldest first */
  restoreSteps(steps: readonly StepRecord[]): void {
    this.steps = steps
    this.recorded = latestRecords(steps)
  }

  /** Whether a step inside a block is recorded. @param iteration of the block; absent when it is in no loop */
  hasRecordInside(blockPath: string, iteration: string | undefined): boolean {
    const prefix = `${blockPath}/`
    const isInside = (record: StepRecord): boolean =>
      iteration === undefined || record.iteration === iteration || record.iteration.startsWith(`${iteration}.`)
    return [...this.recorded.values()].some((record) => record.stepPath.startsWith(prefix) && isInside(record))
  }

  /** What the open wait of a step has been given. */
  answerOf(address: StepAddress): JsonValue | undefined {
    return this.answers.get(keyOf(address))
  }

  /** Counts a step that has no record yet. Too many end the run, whatever blocks around them do about errors. */
  count(stepPath: string): void {
    this.stepCount += 1
    if (this.stepCount > this.deps.settings.maxStepsPerRun) this.expire(this.tooManySteps(), stepPath)
  }

  /** Counts what is recorded. Too much ends the run. @param bytes of one output */
  growHistory(bytes: number): void {
    this.historyBytes += bytes
    const { maxHistoryBytes } = this.deps.settings
    if (this.historyBytes <= maxHistoryBytes) return
    this.expire(
      new StepError('limit', 'The run records too much', {
        detail: `All outputs of a run may have ${maxHistoryBytes} bytes of JSON. Split the work into several workflows.`,
      }),
    )
  }

  /** Notes a step's state; it is durable before the next effect begins. */
  record(step: StepRecord, wait?: WaitRegistration | null): void {
    this.mustWrite = true
    this.note(step, wait)
  }

  /**
   * Notes what could be computed again after a crash: it is written along with the next thing that must be.
   *
   * @param step becomes the activation's own: it is completed in place, since copying it would cost more than all else here
   */
  note(step: StepRecord, wait?: WaitRegistration | null): void {
    const write = step as { -readonly [Field in keyof StepWrite]: StepWrite[Field] }
    write.seq = this.nextSeq++
    write.at = step.finishedAt ?? this.now()
    if (wait !== undefined) write.wait = wait
    this.unwritten.push(write)
    if (isOpen(step.status) || (this.recorded.size > 0 && this.recorded.has(keyOf(step)))) {
      this.recorded.set(keyOf(step), step)
    }
    if (this.deps.events !== undefined) this.emitStep(step, step.status, step.attempt)
  }

  /** Steps that have begun and not ended. @param below only those inside this block's path */
  openSteps(below = ''): StepRecord[] {
    const prefix = below === '' ? '' : `${below}/`
    return [...this.recorded.values()].filter(({ status, stepPath }) => isOpen(status) && stepPath.startsWith(prefix))
  }

  /** Notes of open steps that they never will end, since what they are part of does. */
  closeOpenSteps(below = ''): void {
    // What stands in the place of an output of an open step is not one.
    for (const { wakeAt: _, output: __, ...step } of this.openSteps(below)) {
      const closed = { ...step, status: 'cancelled' as const, finishedAt: this.now() }
      // The end of the run closes its waits by itself; an action may have opened one before it waits.
      this.note(closed, below === '' ? undefined : null)
    }
  }

  emitStep(address: StepAddress, status: StepStatus, attempt: number): void {
    if (this.deps.events === undefined) return
    const { stepPath, iteration } = address
    this.emit({ type: 'step', run: this.identity, address: { stepPath, iteration }, status, attempt, at: this.now() })
  }

  emit(event: EngineEvent): void {
    this.deps.events?.emit(event)
  }

  /**
   * Resolves when all that cannot be computed again is durable.
   *
   * @throws FencedError, or what kept the journal from writing
   */
  async makeDurable(): Promise<void> {
    if (this.mustWrite) this.write()
    await this.writing
    if (this.writeFailure !== undefined) throw this.writeFailure
  }

  /** Starts writing what is noted, without waiting. A failure stops the activation and is thrown by `makeDurable`. */
  write(): void {
    const steps = this.takeUnwritten()
    if (steps.length === 0) return
    this.enqueue(async (journal) => this.heed(await journal.append(this.lease, steps)))
  }

  /** Records the HTTP answer together with everything before it. */
  async respond(step: StepRecord, response: WebhookResponse): Promise<void> {
    this.record(step)
    const steps = this.takeUnwritten()
    this.enqueue((journal) => journal.respond(this.lease, steps, response))
    await this.makeDurable()
    this.emit({ type: 'responded', run: this.identity, at: this.now() })
  }

  /** What has not been written yet, for the write that ends or parks the run. Waits for writes under way. */
  async drain(): Promise<StepWrite[]> {
    await this.writing
    if (this.writeFailure !== undefined) throw this.writeFailure
    return this.takeUnwritten()
  }

  /** Does what somebody wants of the run. */
  heed({ cancelRequested, suspendRequested }: RunRequests): void {
    if (cancelRequested) this.cancel()
    if (suspendRequested) this.mustRest = true
  }

  /** Somebody wants the run to end. */
  cancel(): void {
    this.course.stop(new CancelSignal())
  }

  get isCancelled(): boolean {
    return this.course.reason instanceof CancelSignal
  }

  /** Whether nothing new may begin, since an operator wants the run to rest. */
  get isResting(): boolean {
    return this.mustRest
  }

  /** The run has used up what it may: running steps stop, and the run fails. `stepPath` names the step that was too much. */
  expire(error: StepError, stepPath?: string): void {
    if (this.course.isOver) return
    const record = recordFailure(error, stepPath).error
    // What has been done may have to be undone, which can outlive this process.
    if (!this.saga.isEmpty) this.record({ ...RUN_ADDRESS, ...runRecord(this.now()), error: record })
    this.endCourse(record)
  }

  /** How often processes could not execute this run's version. */
  get loadAttempts(): number {
    const own = this.recorded.get(keyOf(RUN_ADDRESS))
    return own?.status === 'retrying' ? own.attempt : 0
  }

  /** Notes that this process cannot execute the run's version. */
  recordLoadAttempt({ attempt, error, wakeAt }: Required<Pick<StepRecord, 'attempt' | 'error' | 'wakeAt'>>): void {
    const startedAt = this.now()
    this.record({ ...RUN_ADDRESS, type: 'run', status: 'retrying', attempt, startedAt, error, wakeAt })
  }

  /** Why the run failed as a whole, once `expire` was called. */
  get expired(): ErrorRecord | undefined {
    return this.expiry
  }

  /** The lease is lost or the process stops: leave without writing. */
  abandon(reason: unknown = new FencedError(this.run.runId)): void {
    this.possession.stop(reason)
  }

  private endCourse(error: ErrorRecord): void {
    this.expiry = error
    this.course.stop(new StepError(error.kind, error.title, error.detail === undefined ? {} : { detail: error.detail }))
  }

  private tooManySteps(): StepError {
    return new StepError('limit', 'The run takes too many steps', {
      detail: `A run may take ${this.deps.settings.maxStepsPerRun} steps, every loop item counted. Split the work into several workflows.`,
    })
  }

  private takeUnwritten(): StepWrite[] {
    const steps = this.unwritten
    this.mustWrite = false
    if (steps.length > 0) this.unwritten = []
    return steps
  }

  private enqueue(write: (journal: Journal) => Promise<void>): void {
    this.writing = this.writing.then(async () => {
      if (this.writeFailure !== undefined) return
      try {
        await write(this.deps.journal)
      } catch (error) {
        this.writeFailure = error ?? new BugError('The journal failed without a reason.')
        this.abandon(this.writeFailure)
      }
    })
  }
}

/** Estimated bytes of the outputs of recorded steps. */
function sizeOf(steps: readonly StepRecord[]): number {
  const limits = { maxBytes: Number.POSITIVE_INFINITY }
  return steps.reduce(
    (sum, { output }) => (output === undefined ? sum : sum + measurePlainJson(output, limits).bytes),
    0,
  )
}

function latestRecords(steps: readonly StepRecord[]): Map<string, StepRecord> {
  const latest = new Map<string, StepRecord>()
  for (const step of steps) {
    if (step.status === 'forgotten') latest.delete(keyOf(step))
    else latest.set(keyOf(step), step)
  }
  return latest
}

function runRecord(now: number): Omit<StepRecord, 'stepPath' | 'iteration' | 'error'> {
  return { type: 'run', status: 'failed', attempt: 1, startedAt: now, finishedAt: now }
}

function isOpen(status: StepStatus): boolean {
  return status === 'running' || status === 'waiting' || status === 'retrying'
}

function keyOf({ stepPath, iteration }: StepAddress): string {
  return `${stepPath}\n${iteration}`
}
