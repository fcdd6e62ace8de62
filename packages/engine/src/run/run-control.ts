import { UserError } from '../contracts/errors.js'
import { newId, type RunId, type VersionId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import { toPlainJson } from '../contracts/plain-json.js'
import { isTerminal, type StepRecord } from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type { Dispatch } from '../ports/dispatcher.js'
import type { HistoryEntry, NewEvent, OpenWait, RunRecord } from '../ports/journal.js'
import type { EngineDeps } from './engine-options.js'
import { type ForkPoint, recordsBefore } from './fork.js'
import { type ForkObstacles, forkObstacles } from './fork-check.js'
import { Leases } from './leases.js'
import type { Program } from './program.js'
import { ProgramCache } from './program-cache.js'
import { publishEvent } from './publish-event.js'
import { stepsToForget } from './redrive.js'
import type { StartedRun, StartRun } from './start-run.js'

/** An event to publish. */
export type PublishEvent = Omit<NewEvent, 'eventId'> & { readonly eventId?: string }

/** A fork: where it begins, what it changes, and on which version it goes on. */
export interface ForkRun extends ForkPoint {
  /** Replaces the input. */
  readonly trigger?: JsonValue
  /** `latest` takes the published version. @default 'same' */
  readonly version?: 'same' | 'latest'
}

/** The version that is published now, and what keeps a fork from taking it. */
export interface ForkCheck {
  readonly versionId: VersionId
  readonly obstacles: ForkObstacles
}

/** What people and programs may do with runs that exist. */
export interface RunControl {
  /** @returns what became of the request; `requested` means that the run undoes what it did and ends soon */
  cancel(scope: TenantScope, runId: RunId): Promise<'cancelled' | 'requested' | 'already_ended' | 'not_found'>

  /** Lets a run rest until it is resumed. `requested` means that it rests when the steps under way have ended. */
  suspend(
    scope: TenantScope,
    runId: RunId,
  ): Promise<'suspended' | 'requested' | 'already_ended' | 'already_suspended' | 'not_found'>

  /** Lets a suspended run go on. */
  resume(scope: TenantScope, runId: RunId): Promise<'resumed' | 'not_suspended' | 'not_found'>

  /** Lets a failed or cancelled run go on from where it failed, on its version, keeping what has succeeded. */
  redrive(scope: TenantScope, runId: RunId): Promise<'redriven' | 'not_ended' | 'not_found'>

  /** Redrives runs of the dead-letter list, latest first. @param options.limit how many at most */
  redriveDead(scope: TenantScope, options: { readonly limit: number }): Promise<readonly RunId[]>

  /**
   * Starts a new run with the input of another one.
   *
   * @param options.version `latest` takes the published version. @default 'same'
   * @param options.trigger replaces the input
   * @throws UserError `run.not_found`, `workflow.not_published`
   */
  rerun(
    scope: TenantScope,
    runId: RunId,
    options?: { readonly version?: 'same' | 'latest'; readonly trigger?: JsonValue },
  ): Promise<StartedRun>

  /**
   * Starts a new run that takes over what another one did before a step and goes on from there.
   *
   * @throws UserError `run.not_found`, `run.not_executable`, `run.unknown_step`, `run.step_in_loop`,
   * `workflow.not_published`; `run.fork_changed` when the latest version is not the same up to the step
   */
  fork(scope: TenantScope, runId: RunId, fork: ForkRun): Promise<StartedRun>

  /**
   * Whether a fork can take the version that is published now.
   *
   * @param fromStep id or path @throws UserError `run.not_found`, `run.not_executable`, `run.unknown_step`, `workflow.not_published`
   */
  checkFork(scope: TenantScope, runId: RunId, fromStep: string): Promise<ForkCheck>

  /**
   * Records an event and wakes the runs that wait for it. Events of one id count once.
   *
   * @throws StepError `limit` when the payload is larger than `maxPayloadBytes`
   */
  publish(event: PublishEvent): Promise<{ readonly eventId: string; readonly created: boolean }>

  /** Answers an approval (`{ approved, by?, comment? }`) or a callback (`{ body }`). The first answer stands. */
  answer(token: string, answer: JsonValue): Promise<'answered' | 'already_answered' | 'not_found'>

  /** Approvals and callbacks that can be answered, oldest first. @param options.limit 1 to 1000 */
  openWaits(
    scope: TenantScope,
    options: { readonly kind?: 'approval' | 'callback'; readonly runId?: RunId; readonly limit: number },
  ): Promise<readonly OpenWait[]>

  /** Everything that happened to a run, in order. @throws UserError `run.not_found` */
  history(scope: TenantScope, runId: RunId): Promise<readonly HistoryEntry[]>

  /**
   * Waits until a run has ended, or for `timeoutMs`, by looking into the journal.
   *
   * @throws UserError `run.not_found`
   */
  result(scope: TenantScope, runId: RunId, options: { timeoutMs: number; signal?: AbortSignal }): Promise<RunRecord>
}

const RESULT_POLL_MS = 100

/** Run control over a journal; the engine adds what executes runs. */
export abstract class JournaledRunControl implements RunControl {
  protected readonly leases: Leases
  protected readonly programs: ProgramCache

  constructor(protected readonly deps: EngineDeps) {
    this.leases = new Leases(deps)
    this.programs = new ProgramCache(deps.definitions, deps.settings)
  }

  abstract start(run: StartRun): Promise<StartedRun>

  async cancel(scope: TenantScope, runId: RunId): ReturnType<RunControl['cancel']> {
    const { outcome, due } = await this.deps.journal.requestCancel(scope, runId)
    if (outcome === 'requested') this.leases.cancel(runId)
    this.dispatch(due)
    return outcome
  }

  async suspend(scope: TenantScope, runId: RunId): ReturnType<RunControl['suspend']> {
    const outcome = await this.deps.journal.requestSuspend(scope, runId)
    if (outcome === 'requested') this.leases.suspend(runId)
    return outcome
  }

  async resume(scope: TenantScope, runId: RunId): ReturnType<RunControl['resume']> {
    const { outcome, due } = await this.deps.journal.resume(scope, runId)
    this.dispatch(due)
    return outcome
  }

  async redrive(scope: TenantScope, runId: RunId): ReturnType<RunControl['redrive']> {
    const run = await this.deps.journal.readRun(scope, runId)
    if (run === undefined) return 'not_found'
    if (run.status !== 'failed' && run.status !== 'cancelled') return 'not_ended'
    const { program, steps } = await this.read(scope, run)
    const { outcome, due } = await this.deps.journal.reopen(
      scope,
      runId,
      stepsToForget(program.definition.steps, steps),
    )
    this.dispatch(due)
    return outcome === 'reopened' ? 'redriven' : outcome
  }

  async redriveDead(scope: TenantScope, { limit }: { readonly limit: number }): Promise<readonly RunId[]> {
    const redriven: RunId[] = []
    for (const { runId } of await this.deps.journal.deadRuns(scope, { limit })) {
      if ((await this.redrive(scope, runId)) === 'redriven') redriven.push(runId)
    }
    return redriven
  }

  async rerun(
    scope: TenantScope,
    runId: RunId,
    { version = 'same', trigger }: { version?: 'same' | 'latest'; trigger?: JsonValue } = {},
  ): Promise<StartedRun> {
    const run = await this.require(scope, runId)
    const versionId = version === 'same' ? run.versionId : await this.latestVersion(run)
    return this.start({ ...again(run), versionId, trigger: trigger ?? run.trigger })
  }

  async fork(scope: TenantScope, runId: RunId, { trigger, version = 'same', ...point }: ForkRun): Promise<StartedRun> {
    const run = await this.require(scope, runId)
    const { program, steps } = await this.read(scope, run)
    const kept = recordsBefore(program.definition.steps, steps, point)
    const { versionId } = version === 'same' ? run : await this.upgrade(run, program, point.fromStep)
    return this.start({ ...again(run), versionId, trigger: trigger ?? run.trigger, steps: kept })
  }

  async checkFork(scope: TenantScope, runId: RunId, fromStep: string): Promise<ForkCheck> {
    const run = await this.require(scope, runId)
    return this.compare(run, await this.load(run), fromStep)
  }

  async publish({ eventId, payload, ...event }: PublishEvent): ReturnType<RunControl['publish']> {
    const { deps } = this
    const id = eventId ?? newId<string>('evt', deps.clock.now())
    const data = toPlainJson(payload, { maxBytes: deps.settings.maxPayloadBytes, name: 'payload' })
    return { eventId: id, created: await publishEvent(deps, { ...event, eventId: id, payload: data }) }
  }

  async answer(token: string, answer: JsonValue): ReturnType<RunControl['answer']> {
    const { outcome, due } = await this.deps.journal.answer(token, answer)
    this.dispatch(due)
    return outcome
  }

  openWaits(scope: TenantScope, options: Parameters<RunControl['openWaits']>[1]): ReturnType<RunControl['openWaits']> {
    return this.deps.journal.openWaits(scope, options)
  }

  async history(scope: TenantScope, runId: RunId): Promise<readonly HistoryEntry[]> {
    const entries = await this.deps.journal.readHistory(scope, runId)
    if (entries.length === 0) throw notFound(runId)
    return entries
  }

  async result(
    scope: TenantScope,
    runId: RunId,
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<RunRecord> {
    const { clock } = this.deps
    const deadline = clock.now() + timeoutMs
    for (;;) {
      const run = await this.require(scope, runId)
      const remainingMs = deadline - clock.now()
      if (isTerminal(run.status) || remainingMs <= 0) return run
      await clock.sleep(Math.min(RESULT_POLL_MS, remainingMs), signal)
    }
  }

  protected dispatch(due: readonly Dispatch[]): void {
    if (due.length > 0) this.deps.dispatcher?.dispatch(due)
  }

  private async require(scope: TenantScope, runId: RunId): Promise<RunRecord> {
    const run = await this.deps.journal.readRun(scope, runId)
    if (run === undefined) throw notFound(runId)
    return run
  }

  private async read(scope: TenantScope, run: RunRecord): Promise<{ program: Program; steps: readonly StepRecord[] }> {
    return { program: await this.load(run), steps: await this.deps.journal.readSteps(scope, run.runId) }
  }

  private async load(run: Pick<RunRecord, 'tenantId' | 'versionId'>): Promise<Program> {
    const loaded = await this.programs.load(run)
    if (loaded.ok) return loaded.program
    const { title, detail = '' } = loaded.error
    throw new UserError('unprocessable', 'run.not_executable', `${title}.`, { detail })
  }

  private async compare(run: RunRecord, { definition }: Program, fromStep: string): Promise<ForkCheck> {
    const versionId = await this.latestVersion(run)
    const latest = await this.load({ tenantId: run.tenantId, versionId })
    return { versionId, obstacles: forkObstacles(definition, latest.definition, fromStep) }
  }

  private async upgrade(run: RunRecord, program: Program, fromStep: string): Promise<ForkCheck> {
    const check = await this.compare(run, program, fromStep)
    const { changed, added, removed, hasOtherSettings } = check.obstacles
    const said = [
      ...(changed.length === 0 ? [] : [`Changed: ${changed.join(', ')}.`]),
      ...(added.length === 0 ? [] : [`New: ${added.join(', ')}.`]),
      ...(removed.length === 0 ? [] : [`Gone: ${removed.join(', ')}.`]),
      ...(hasOtherSettings ? ['Its settings are others.'] : []),
    ]
    if (said.length === 0) return check
    const title = `The newest version is not the same up to the step "${fromStep}".`
    throw new UserError('conflict', 'run.fork_changed', title, {
      detail: `${said.join(' ')} Fork with the version that ran, or run all of the newest one again.`,
    })
  }

  private async latestVersion(run: RunRecord): Promise<VersionId> {
    const versionId = await this.deps.definitions.latest?.(run, run.workflowId)
    if (versionId !== undefined) return versionId
    throw new UserError('conflict', 'workflow.not_published', `The workflow ${run.workflowId} is not published.`)
  }
}

/** What a run made from another one has of it. */
function again({ runId, tenantId, customerId, workflowId, versionId, mode }: RunRecord) {
  return { tenantId, customerId, workflowId, versionId, mode, origin: runId }
}

function notFound(runId: RunId): UserError {
  return new UserError('not_found', 'run.not_found', `There is no run ${runId}.`)
}
