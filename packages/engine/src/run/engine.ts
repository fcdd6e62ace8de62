import { randomUUID } from 'node:crypto'
import { Admission } from '../admission/admission.js'
import { newId, type RunId } from '../contracts/ids.js'
import { toPlainJson } from '../contracts/plain-json.js'
import type { GatheredRun } from '../ports/admission-store.js'
import type { Dispatch } from '../ports/dispatcher.js'
import type { ClaimedRun, CreatedRun, Lease, NewRun } from '../ports/journal.js'
import { activate } from './activate.js'
import { Activation } from './activation.js'
import type { EngineOptions } from './engine-options.js'
import { Room } from './room.js'
import { JournaledRunControl, type RunControl } from './run-control.js'
import { resolveSettings } from './settings.js'
import type { StartedRun, StartRun } from './start-run.js'
import { systemClock } from './system-clock.js'

/** Starts, executes and controls runs. One per process; safe to share. */
export interface Engine extends RunControl {
  /**
   * Records a run, as the policies of its definition ask for, and tells the dispatcher. Resolves once the run, or the
   * trigger that is gathered for one, is durable.
   *
   * @throws StepError `limit` when the trigger is larger than `maxPayloadBytes`
   * @throws UserError `engine.no_admission_store`
   */
  start(run: StartRun): Promise<StartedRun>

  /**
   * Starts the runs whose debounce or batch is over. To be called every second or so, by any process; harmless to repeat.
   *
   * @param options.limit how many at most. @default 100
   * @returns how many were due
   */
  flushAdmissions(options?: { readonly limit?: number }): Promise<number>

  /**
   * Claims runs and executes each until it ends or has to wait; ids without work are ignored. Safe to call twice for a
   * run: one call gets it. Resolves when all have stopped; rejects only when the journal cannot be reached.
   */
  execute(runIds: readonly RunId[]): Promise<void>

  /** Runs in progress in this process. */
  readonly activeRuns: number

  /** Takes no more runs, lets those in progress go on for `drainMs`, then gives the rest back for others to claim. */
  close(options?: { drainMs?: number }): Promise<void>
}

const DEFAULT_DRAIN_MS = 25_000
const DEFAULT_FLUSH = 100
/** A batch may hold a megabyte: so many are in memory at once. */
const FLUSH_PAGE = 20

/** A run that nobody has looked at yet. */
const UNTOUCHED = { recoveries: 0, cancelRequested: false, suspendRequested: false, steps: [], answers: [] }

/** @throws UserError `engine.invalid_setting` */
export function createEngine(options: EngineOptions): Engine {
  const clock = options.clock ?? systemClock()
  const owner = options.owner ?? `engine-${randomUUID()}`
  const settings = resolveSettings(options.settings)
  const placeChild = (child: NewRun): Promise<NewRun> => engine.placeChild(child)
  const engine = new JournaledEngine({ ...options, clock, owner, settings, placeChild })
  return engine
}

class JournaledEngine extends JournaledRunControl implements Engine {
  /** Batches of runs, and runs begun eagerly, from before their claim until they are done. */
  private readonly underWay = new Set<Promise<void>>()
  private readonly room = new Room(this.deps.settings.maxConcurrentRuns)
  private readonly admission = new Admission({
    store: this.deps.admissions,
    maxPayloadBytes: this.deps.settings.maxPayloadBytes,
    programs: this.programs,
  })
  private closed = false

  get activeRuns(): number {
    return this.leases.size
  }

  async start(run: StartRun): Promise<StartedRun> {
    const { clock, settings } = this.deps
    const runId = run.runId ?? newId<RunId>('run', clock.now())
    const trigger = toPlainJson(run.trigger, { maxBytes: settings.maxPayloadBytes })
    const newRun: NewRun = { ...run, runId, trigger }
    const found = this.admission.policiesFor(newRun)
    const policies = found instanceof Promise ? await found : found
    if (policies === undefined) return this.record(newRun)
    const admitted = await this.admission.admit(policies, newRun)
    if (admitted.kind === 'run') return this.record(admitted.run)
    const { isFull, ...gathered } = admitted.trigger
    if (isFull) await this.flush({ limit: 1, runId: gathered.runId }).catch((error) => this.unflushed(error, gathered))
    return { ...gathered, admission: 'gathered' }
  }

  /** For `call` steps. */
  placeChild(child: NewRun): Promise<NewRun> {
    return this.admission.place(child)
  }

  async flushAdmissions({ limit = DEFAULT_FLUSH }: { readonly limit?: number } = {}): Promise<number> {
    for (let total = 0; ; ) {
      const page = Math.min(FLUSH_PAGE, limit - total)
      const count = page > 0 ? await this.flush({ limit: page }) : 0
      total += count
      if (count < page || total >= limit) return total
    }
  }

  async execute(runIds: readonly RunId[]): Promise<void> {
    const all: Promise<void>[] = []
    let next = 0
    while (next < runIds.length && !this.closed) {
      const count = await this.room.take(runIds.length - next)
      const batch = runIds.slice(next, next + count)
      next += count
      const batchDone = this.keep(this.executeBatch(batch))
      // Its rejection is reported below, once the others have begun; until then it must not count as unhandled.
      batchDone.catch(() => undefined)
      all.push(batchDone)
    }
    await Promise.all(all)
  }

  async close({ drainMs = DEFAULT_DRAIN_MS }: { drainMs?: number } = {}): Promise<void> {
    this.closed = true
    this.room.close()
    await this.drained(drainMs)
    await this.giveBack(this.leases.all())
    await Promise.allSettled([...this.underWay])
    this.leases.stop()
  }

  private record(run: NewRun): Promise<StartedRun> {
    // A fork has history to be read before it can go on.
    const isPlain = run.steps === undefined
    const isEager = isPlain && this.room.taken < this.deps.settings.maxEagerRuns && !this.closed
    return isEager ? this.startEagerly(run) : this.startElsewhere(run)
  }

  private async startElsewhere(run: NewRun): Promise<StartedRun> {
    const started = await this.deps.journal.create(run)
    this.announce(run, started)
    return startedRun(started)
  }

  private async flush(options: { readonly limit: number; readonly runId?: RunId }): Promise<number> {
    const due = await this.admission.due(options)
    await Promise.all(
      due.map((gathered) => this.startGathered(gathered).catch((error) => this.unflushed(error, gathered.run))),
    )
    return due.length
  }

  /** The run has its id already: one that was recorded before a crash is not recorded again. */
  private async startGathered(gathered: GatheredRun): Promise<void> {
    await this.record(await this.admission.release(gathered))
    await this.admission.done(gathered.run.runId)
  }

  /** What is gathered stays due, so that nothing is lost. */
  private unflushed(error: unknown, { runId }: { readonly runId: RunId }): void {
    this.deps.onUnexpected?.(error, { runId })
  }

  /** Stops runs and lets others claim them at once. What their steps have achieved is kept. */
  private async giveBack(activations: readonly Activation[]): Promise<void> {
    for (const activation of activations) activation.abandon()
    await Promise.allSettled(activations.map((activation) => activation.makeDurable()))
    await this.release(activations.map(({ lease }) => lease))
  }

  /** Leases that cannot be given up now expire by themselves. */
  private async release(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return
    try {
      await this.deps.journal.release(leases)
    } catch (error) {
      this.deps.onUnexpected?.(error, { runId: leases.map(({ runId }) => runId).join(',') })
    }
  }

  /** Records a run as already claimed and executes it here: no queue and no claim stand between trigger and first step. */
  private async startEagerly(run: NewRun): Promise<StartedRun> {
    const { clock, journal, owner, settings } = this.deps
    const askedAt = clock.now()
    this.room.takeOne()
    try {
      const started = await journal.create(run, { owner, leaseMs: settings.leaseMs })
      const { created, createdAt } = started
      if (created && started.admission === 'admitted') {
        const claim = { ...UNTOUCHED, epoch: 1, createdAt, claimedAt: createdAt }
        void this.keep(this.begin([{ ...run, ...claim }], askedAt))
      } else {
        this.room.give(1)
        this.announce(run, started)
      }
      return startedRun(started)
    } catch (error) {
      this.room.give(1)
      throw error
    }
  }

  /** Tells the dispatcher of a run that may begin, now or later, and of those that were cancelled for it. */
  private announce(run: NewRun, { runId, created, admission, cancelled }: CreatedRun): void {
    const { tenantId, customerId, delayMs = 0 } = run
    const own: Dispatch = { runId, tenantId, customerId, dispatchSeq: 0 }
    if (created && admission === 'admitted') this.dispatch([own, ...cancelled])
    else if (created && admission === 'delayed') this.dispatch([{ ...own, delayMs }, ...cancelled])
    else this.dispatch(cancelled)
  }

  private async executeBatch(runIds: readonly RunId[]): Promise<void> {
    const { clock, journal, owner, settings } = this.deps
    const askedAt = clock.now()
    let runs: readonly ClaimedRun[] = []
    try {
      if (!this.closed) runs = await journal.claim({ runIds, owner, leaseMs: settings.leaseMs })
    } finally {
      this.room.give(runIds.length - runs.length)
    }
    await this.begin(runs, askedAt)
  }

  /** Executes runs that are claimed, unless the engine was closed meanwhile. Never rejects. */
  private async begin(runs: readonly ClaimedRun[], askedAt: number): Promise<void> {
    if (!this.closed) {
      await Promise.all(runs.map((run) => this.track(new Activation(run, this.deps, askedAt))))
      return
    }
    this.room.give(runs.length)
    await this.release(runs)
  }

  private async track(activation: Activation): Promise<void> {
    this.leases.add(activation)
    try {
      await activate(activation, this.programs)
    } catch (error) {
      this.deps.onUnexpected?.(error, { runId: activation.run.runId })
    } finally {
      this.leases.remove(activation)
      this.room.give(1)
    }
  }

  /** Lets `close` wait for work that has begun. */
  private async keep(work: Promise<void>): Promise<void> {
    this.underWay.add(work)
    try {
      await work
    } finally {
      this.underWay.delete(work)
    }
  }

  private async drained(drainMs: number): Promise<void> {
    const controller = new AbortController()
    const patience = this.deps.clock.sleep(drainMs, controller.signal).catch(() => undefined)
    await Promise.race([patience, Promise.allSettled([...this.underWay])])
    controller.abort()
  }
}

function startedRun({ runId, created, admission }: CreatedRun): StartedRun {
  return { runId, created, admission }
}
