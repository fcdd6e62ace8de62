import { randomUUID } from 'node:crypto'
import { FencedError, UserError } from '../contracts/errors.js'
import { newId, type RunId } from '../contracts/ids.js'
import { toPlainJson } from '../contracts/plain-json.js'
import { isTerminal } from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type { NewRun, RunRecord } from '../ports/journal.js'
import { activate } from './activate.js'
import { Activation } from './activation.js'
import type { EngineDeps, EngineOptions } from './engine-options.js'
import { Leases } from './leases.js'
import { ProgramCache } from './program-cache.js'
import { resolveSettings } from './settings.js'
import { systemClock } from './system-clock.js'

/** A run to start. */
export type StartRun = Omit<NewRun, 'runId'> & { readonly runId?: RunId }

/** Starts, executes and cancels runs. One per process; safe to share. */
export interface Engine {
  /**
   * Records a run and tells the dispatcher. Resolves once the run is durable.
   *
   * @throws StepError `limit` when the trigger is larger than `maxPayloadBytes`
   */
  start(run: StartRun): Promise<{ readonly runId: RunId; readonly created: boolean }>

  /**
   * Claims runs and executes each until it ends or has to wait; ids without work are ignored. Safe to call twice for a
   * run: one call gets it. Resolves when all have stopped; rejects only when the journal cannot be reached.
   */
  execute(runIds: readonly RunId[]): Promise<void>

  /** @returns what became of the request; `requested` means that the executing worker has been asked to stop */
  cancel(scope: TenantScope, runId: RunId): Promise<'cancelled' | 'requested' | 'already_ended' | 'not_found'>

  /**
   * Waits until a run has ended, or for `timeoutMs`, by looking into the journal.
   *
   * @throws UserError `run.not_found`
   */
  result(scope: TenantScope, runId: RunId, options: { timeoutMs: number; signal?: AbortSignal }): Promise<RunRecord>

  /** Runs in progress in this process. */
  readonly activeRuns: number

  /** Takes no more runs, lets those in progress go on for `drainMs`, then gives the rest back for others to claim. */
  close(options?: { drainMs?: number }): Promise<void>
}

const RESULT_POLL_MS = 100
const DEFAULT_DRAIN_MS = 25_000

/** @throws UserError `engine.invalid_setting` */
export function createEngine(options: EngineOptions): Engine {
  const clock = options.clock ?? systemClock()
  const owner = options.owner ?? `engine-${randomUUID()}`
  return new JournaledEngine({ ...options, clock, owner, settings: resolveSettings(options.settings) })
}

class JournaledEngine implements Engine {
  private readonly programs: ProgramCache
  private readonly leases: Leases
  private readonly stopping = new Set<Promise<void>>()
  private readonly waitingForRoom: (() => void)[] = []
  private inFlight = 0
  private closed = false

  constructor(private readonly deps: EngineDeps) {
    this.programs = new ProgramCache(deps.definitions)
    this.leases = new Leases(deps)
  }

  get activeRuns(): number {
    return this.leases.size
  }

  async start(run: StartRun): Promise<{ runId: RunId; created: boolean }> {
    const { clock, journal, dispatcher, settings } = this.deps
    const runId = run.runId ?? newId<RunId>('run', clock.now())
    const trigger = toPlainJson(run.trigger, { maxBytes: settings.maxPayloadBytes })
    const newRun = { ...run, runId, trigger }
    if (this.inFlight < settings.maxEagerRuns && !this.closed) return this.startEagerly(newRun)
    const started = await journal.create(newRun)
    if (started.created) dispatcher?.dispatch([{ runId: started.runId, dispatchSeq: 0 }])
    return { runId: started.runId, created: started.created }
  }

  async execute(runIds: readonly RunId[]): Promise<void> {
    const all: Promise<void>[] = []
    let next = 0
    while (next < runIds.length && !this.closed) {
      const room = await this.takeRoom(runIds.length - next)
      const batch = runIds.slice(next, next + room)
      next += room
      all.push(this.executeBatch(batch))
    }
    await Promise.all(all)
  }

  async cancel(scope: TenantScope, runId: RunId): ReturnType<Engine['cancel']> {
    const answer = await this.deps.journal.requestCancel(scope, runId)
    if (answer === 'requested') this.leases.cancel(runId)
    return answer
  }

  async result(
    scope: TenantScope,
    runId: RunId,
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<RunRecord> {
    const { clock, journal } = this.deps
    const deadline = clock.now() + timeoutMs
    for (;;) {
      const run = await journal.readRun(scope, runId)
      if (run === undefined) throw new UserError('not_found', 'run.not_found', `There is no run ${runId}.`)
      const remainingMs = deadline - clock.now()
      if (isTerminal(run.status) || remainingMs <= 0) return run
      await clock.sleep(Math.min(RESULT_POLL_MS, remainingMs), signal)
    }
  }

  async close({ drainMs = DEFAULT_DRAIN_MS }: { drainMs?: number } = {}): Promise<void> {
    this.closed = true
    for (const wake of this.waitingForRoom.splice(0)) wake()
    await this.drained(drainMs)
    const left = this.leases.all()
    for (const activation of left) activation.abandon(new FencedError(activation.run.runId))
    if (left.length > 0) await this.deps.journal.release(left.map(({ lease }) => lease))
    await Promise.allSettled([...this.stopping])
    this.leases.stop()
  }

  /** Records a run as already claimed and executes it here: no queue and no claim stand between trigger and first step. */
  private async startEagerly(run: NewRun): Promise<{ runId: RunId; created: boolean }> {
    const { journal, owner, settings } = this.deps
    this.inFlight += 1
    try {
      const { runId, created, createdAt } = await journal.create(run, { owner, leaseMs: settings.leaseMs })
      if (!created) this.giveRoom(1)
      else {
        const claim = { epoch: 1, createdAt, claimedAt: createdAt, recoveries: 0, cancelRequested: false, steps: [] }
        void this.track(new Activation({ ...run, ...claim }, this.deps))
      }
      return { runId, created }
    } catch (error) {
      this.giveRoom(1)
      throw error
    }
  }

  private async executeBatch(runIds: readonly RunId[]): Promise<void> {
    const { journal, owner, settings } = this.deps
    let claimed = 0
    try {
      const runs = this.closed ? [] : await journal.claim({ runIds, owner, leaseMs: settings.leaseMs })
      claimed = runs.length
      this.giveRoom(runIds.length - claimed)
      await Promise.all(runs.map((run) => this.track(new Activation(run, this.deps))))
    } catch (error) {
      if (claimed === 0) this.giveRoom(runIds.length)
      throw error
    }
  }

  private async track(activation: Activation): Promise<void> {
    this.leases.add(activation)
    const running = activate(activation, this.programs)
    this.stopping.add(running)
    try {
      await running
    } catch (error) {
      this.deps.onUnexpected?.(error, { runId: activation.run.runId })
    } finally {
      this.stopping.delete(running)
      this.leases.remove(activation)
      this.giveRoom(1)
    }
  }

  /** Waits until at least one run may begin; answers how many of `wanted` may. */
  private async takeRoom(wanted: number): Promise<number> {
    const { maxConcurrentRuns } = this.deps.settings
    while (this.inFlight >= maxConcurrentRuns && !this.closed) {
      await new Promise<void>((resolve) => this.waitingForRoom.push(resolve))
    }
    const room = this.closed ? wanted : Math.min(wanted, maxConcurrentRuns - this.inFlight)
    this.inFlight += room
    return room
  }

  private giveRoom(count: number): void {
    if (count === 0) return
    this.inFlight -= count
    for (const wake of this.waitingForRoom.splice(0, count)) wake()
  }

  private async drained(drainMs: number): Promise<void> {
    const controller = new AbortController()
    const patience = this.deps.clock.sleep(drainMs, controller.signal).catch(() => undefined)
    await Promise.race([patience, Promise.allSettled([...this.stopping])])
    controller.abort()
  }
}
