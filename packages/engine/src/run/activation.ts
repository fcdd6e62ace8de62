import { BugError, type ErrorRecord, FencedError, StepError } from '../contracts/errors.js'
import type { RunIdentity, StepAddress, StepRecord, StepStatus, WebhookResponse } from '../contracts/run.js'
import type { EngineEvent } from '../ports/event-sink.js'
import type { ClaimedRun, Journal, Lease } from '../ports/journal.js'
import type { EngineDeps } from './engine-options.js'
import { recordFailure } from './error-record.js'
import { CancelSignal } from './signals.js'

/**
 * One stay of a run in this process: from its claim until it ends, parks or loses its lease.
 * Keeps what is recorded, what is still to be written, and the signal that stops running steps.
 */
export class Activation {
  readonly identity: RunIdentity
  private readonly recorded: Map<string, StepRecord>
  private readonly controller = new AbortController()
  private readonly claimedLocally: number
  private unwritten: StepRecord[] = []
  /** Whether something unwritten could not be computed again after a crash. */
  private mustWrite = false
  private writing: Promise<void> = Promise.resolve()
  private writeFailure: unknown
  private stepCount: number
  private isOver = false
  private cancelled = false
  private expiry: ErrorRecord | undefined

  /** @param leasedAt the clock's time when the lease was last asked for: it is whole from then on */
  constructor(
    readonly run: ClaimedRun,
    readonly deps: EngineDeps,
    public leasedAt: number = deps.clock.now(),
  ) {
    const { runId, tenantId, customerId, workflowId, versionId, mode } = run
    this.identity = { runId, tenantId, customerId, workflowId, versionId, mode }
    this.recorded = new Map(run.steps.map((step) => [keyOf(step), step]))
    this.stepCount = run.steps.length
    this.claimedLocally = deps.clock.now()
  }

  get lease(): Lease {
    return this.run
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** Whether the run was cancelled, has used up its bounds, or is no longer ours: nothing more may begin. */
  get hasEnded(): boolean {
    return this.isOver
  }

  /** Unix milliseconds by the journal's clock, so that waits mean the same on every machine. */
  now(): number {
    return Math.round(this.run.claimedAt + (this.deps.clock.now() - this.claimedLocally))
  }

  /** What an earlier activation recorded of a step, or what this one did of a step that has not ended. */
  recordOf(address: StepAddress): StepRecord | undefined {
    return this.recorded.size === 0 ? undefined : this.recorded.get(keyOf(address))
  }

  /**
   * Lets a step begin; one that has no record yet is counted. Too many steps end the run, whatever blocks around them
   * do about errors.
   *
   * @throws what `assertGoing` throws
   */
  enter(stepPath: string, isNew: boolean): void {
    if (isNew) {
      this.stepCount += 1
      if (this.stepCount > this.deps.settings.maxStepsPerRun) this.expire(this.tooManySteps(), stepPath)
    }
    if (this.isOver) this.assertGoing()
  }

  /** @throws Signal | FencedError | StepError that says why the activation is over, once it is */
  assertGoing(): void {
    if (this.isOver) throw this.cancelled ? new CancelSignal() : this.signal.reason
  }

  /** Notes a step's state; it is durable before the next effect begins. */
  record(step: StepRecord): void {
    this.mustWrite = true
    this.note(step)
  }

  /** Notes what could be computed again after a crash: it is written along with the next thing that must be. */
  note(step: StepRecord): void {
    this.unwritten.push(step)
    if (isOpen(step.status)) this.recorded.set(keyOf(step), step)
    else if (this.recorded.size > 0 && this.recorded.has(keyOf(step))) this.recorded.set(keyOf(step), step)
    this.emitStep(step, step.status, step.attempt)
  }

  /** Notes of every step that has not ended that it never will, since the run does. */
  closeOpenSteps(): void {
    for (const { wakeAt: _, ...step } of [...this.recorded.values()]) {
      if (isOpen(step.status)) this.note({ ...step, status: 'cancelled', finishedAt: this.now() })
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
    this.enqueue(async (journal) => {
      const { cancelRequested } = await journal.append(this.lease, steps)
      if (cancelRequested) this.cancel()
    })
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
  async drain(): Promise<StepRecord[]> {
    await this.writing
    if (this.writeFailure !== undefined) throw this.writeFailure
    return this.takeUnwritten()
  }

  /** Somebody wants the run to end. */
  cancel(): void {
    if (this.isOver) return
    this.cancelled = true
    this.stop(new StepError('cancelled', 'The run was cancelled'))
  }

  /** The run has used up what it may: running steps stop, and the run fails. `stepPath` names the step that was too much. */
  expire(error: StepError, stepPath?: string): void {
    if (this.isOver) return
    this.expiry = recordFailure(error, stepPath).error
    this.stop(error)
  }

  /** Why the run failed as a whole, once `expire` was called. */
  get expired(): ErrorRecord | undefined {
    return this.expiry
  }

  /** The lease is lost or the process stops: leave without writing. */
  abandon(reason: unknown = new FencedError(this.run.runId)): void {
    if (!this.isOver) this.stop(reason)
  }

  get isCancelled(): boolean {
    return this.cancelled
  }

  private stop(reason: unknown): void {
    this.isOver = true
    this.controller.abort(reason)
  }

  private tooManySteps(): StepError {
    return new StepError('limit', 'The run takes too many steps', {
      detail: `A run may take ${this.deps.settings.maxStepsPerRun} steps, every loop item counted. Split the work into several workflows.`,
    })
  }

  private takeUnwritten(): StepRecord[] {
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

function isOpen(status: StepStatus): boolean {
  return status === 'running' || status === 'waiting' || status === 'retrying'
}

function keyOf({ stepPath, iteration }: StepAddress): string {
  return `${stepPath}\n${iteration}`
}
