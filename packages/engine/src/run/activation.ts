import { BugError, FencedError, StepError } from '../contracts/errors.js'
import type { RunIdentity, StepAddress, StepRecord, WebhookResponse } from '../contracts/run.js'
import type { EngineEvent } from '../ports/event-sink.js'
import type { ClaimedRun, Journal, Lease } from '../ports/journal.js'
import type { EngineDeps } from './engine-options.js'
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
  private writing: Promise<void> = Promise.resolve()
  private writeFailure: unknown
  private stepCount = 0
  private cancelled = false
  private expiry: StepError | undefined

  constructor(
    readonly run: ClaimedRun,
    readonly deps: EngineDeps,
  ) {
    const { runId, tenantId, customerId, workflowId, versionId, mode } = run
    this.identity = { runId, tenantId, customerId, workflowId, versionId, mode }
    this.recorded = new Map(run.steps.map((step) => [keyOf(step), step]))
    this.claimedLocally = deps.clock.now()
  }

  get lease(): Lease {
    return this.run
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** Unix milliseconds by the journal's clock, so that waits mean the same on every machine. */
  now(): number {
    return Math.round(this.run.claimedAt + (this.deps.clock.now() - this.claimedLocally))
  }

  /** What an earlier activation (or this one) recorded of a step. */
  recordOf(address: StepAddress): StepRecord | undefined {
    return this.recorded.size === 0 ? undefined : this.recorded.get(keyOf(address))
  }

  /** Counts a step and stops the run when it may not go on. @throws Signal | FencedError | StepError `limit` */
  enter(): void {
    if (this.signal.aborted) throw this.cancelled ? new CancelSignal() : this.signal.reason
    this.stepCount += 1
    const most = this.deps.settings.maxStepsPerRun
    if (this.stepCount > most) {
      throw new StepError('limit', 'The run takes too many steps', {
        detail: `A run may take ${most} steps, every loop item counted. Split the work into several workflows.`,
      })
    }
  }

  /** Notes a step's state; it becomes durable with the next write. */
  record(step: StepRecord): void {
    this.unwritten.push(step)
    if (step.status === 'waiting' || step.status === 'retrying') this.recorded.set(keyOf(step), step)
    this.emitStep(step, step.status, step.attempt)
  }

  emitStep(address: StepAddress, status: StepRecord['status'], attempt: number): void {
    this.emit({ type: 'step', run: this.identity, address, status, attempt, at: this.now() })
  }

  emit(event: EngineEvent): void {
    this.deps.events?.emit(event)
  }

  /** Resolves when everything recorded so far is durable. @throws FencedError, or what kept the journal from writing */
  async makeDurable(): Promise<void> {
    this.write()
    await this.writing
    if (this.writeFailure !== undefined) throw this.writeFailure
  }

  /** Starts writing what is recorded, without waiting. A failure stops the activation and is thrown by `makeDurable`. */
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
    if (this.signal.aborted) return
    this.cancelled = true
    this.controller.abort(new StepError('cancelled', 'The run was cancelled'))
  }

  /** The run has used up its time: running steps stop, and the run fails. */
  expire(error: StepError): void {
    if (this.signal.aborted) return
    this.expiry = error
    this.controller.abort(error)
  }

  /** What `expire` said, once it did. */
  get expired(): StepError | undefined {
    return this.expiry
  }

  /** The lease is lost or the process stops: leave without writing. */
  abandon(reason: unknown = new FencedError(this.run.runId)): void {
    if (!this.signal.aborted) this.controller.abort(reason)
  }

  get isCancelled(): boolean {
    return this.cancelled
  }

  private takeUnwritten(): StepRecord[] {
    const steps = this.unwritten
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

function keyOf({ stepPath, iteration }: StepAddress): string {
  return `${stepPath}\n${iteration}`
}
