import {
  type BlobStore,
  type Engine,
  isTerminal,
  type JsonValue,
  type RunId,
  type RunStatus,
  type StepAddress,
  type TenantScope,
  type WorkflowId,
} from '@inlay/engine'
import { type Page, toPage } from '../api/pagination.js'
import { hideLinks } from '../approvals/index.js'
import { lookupOf } from '../database/index.js'
import { awaitRun, type EventHub, type RunEvent } from '../realtime/index.js'
import { customerNotFound } from '../tenancy/index.js'
import {
  type BulkRedrive,
  createRunControl,
  type ForkRequest,
  type ForkView,
  type RerunRequest,
  type RunControl,
} from './control.js'
import { notPublished, outputIsGone, outputNotFound, runNotFound, switchedOff, workflowNotFound } from './errors.js'
import { largeOutputOf } from './large-output.js'
import type { FailedFilter, RunDetailRow, RunFilter, StartableRow } from './rows.js'
import type { HistoryItem, LogLine, Run, RunSummary, StepRun } from './schema.js'
import { inOrderOfStart } from './step-order.js'
import type { RunStore } from './store.js'
import { toGathered, toHistoryItem, toLogLine, toRun, toStep, toSummary } from './views.js'
import { watchRun, watchRuns } from './watch.js'

/** How many runs a watcher of a list is told of at first: a page. */
const LIST_LENGTH = 25

export interface StartRequest {
  readonly workflowId: string
  readonly input: JsonValue
  /** How long to wait for the run's end. */
  readonly waitSeconds: number
  /** A repetition with the same key and caller answers the first run. */
  readonly idempotencyKey?: string | undefined
  readonly callerId: string
  /** Fires when the caller has gone. */
  readonly signal?: AbortSignal | undefined
}

/** Whose runs somebody watches. */
export interface WatchAll {
  /** @default the customer of the scope; without one, all customers of the tenant */
  readonly customerId?: string | undefined
  readonly signal: AbortSignal
}

/** Runs as callers see and steer them. Ids are what callers say: those of other runs, or of none, are not found. */
export interface RunsService {
  list(scope: TenantScope, filter: RunFilter): Promise<Page<RunSummary>>
  /** @throws UserError `run.not_found` */
  get(scope: TenantScope, id: string): Promise<Run>
  /** @throws UserError `run.not_found` */
  steps(scope: TenantScope, id: string): Promise<StepRun[]>
  /**
   * What a step gave, however large.
   *
   * @throws UserError `run.output_not_found`, `run.output_gone`
   */
  stepOutput(scope: TenantScope, id: string, address: StepAddress): Promise<JsonValue>
  /** What a step has logged, of all its attempts. @throws UserError `run.not_found` */
  stepLogs(scope: TenantScope, id: string, address: StepAddress): Promise<LogLine[]>
  /** Starts the published version. @throws UserError `workflow.not_found`, `workflow.not_published`, `workflow.disabled` */
  start(scope: TenantScope, request: StartRequest): Promise<Run>
  /** Leaves a run that has ended as it is. @throws UserError `run.not_found` */
  cancel(scope: TenantScope, id: string): Promise<Run>
  /** Lets a run rest, at once or after the steps under way. @throws UserError `run.not_found`, `run.has_ended` */
  suspend(scope: TenantScope, id: string): Promise<Run>
  /** @throws UserError `run.not_found`, `run.not_suspended` */
  resume(scope: TenantScope, id: string): Promise<Run>
  /**
   * Lets a failed or cancelled run go on from where it failed, with what its steps have given.
   *
   * @throws UserError `run.not_found`, `run.not_ended`, `run.succeeded`, `run.version_gone`
   */
  redrive(scope: TenantScope, id: string): Promise<Run>
  /** Redrives the oldest failed runs that fit a filter. */
  redriveFailed(scope: TenantScope, filter: FailedFilter): Promise<BulkRedrive>
  /** A new run with the same input. @throws UserError `run.not_found`, `run.version_gone`, `workflow.not_published` */
  rerun(scope: TenantScope, id: string, request?: RerunRequest): Promise<Run>
  /**
   * A new run that takes over what this one did before a step.
   *
   * @throws UserError `run.not_found`, `run.version_gone`, `run.unknown_step`, `run.step_in_loop`, `run.fork_changed`, `workflow.not_published`
   */
  fork(scope: TenantScope, id: string, request: ForkRequest): Promise<Run>
  /**
   * Whether a fork can go on with the version that is published now.
   *
   * @throws UserError `run.not_found`, `run.version_gone`, `run.unknown_step`, `workflow.not_published`
   */
  checkFork(scope: TenantScope, id: string, fromStep: string): Promise<ForkView>
  /** Everything that happened to a run, in order. @throws UserError `run.not_found` */
  history(scope: TenantScope, id: string): Promise<HistoryItem[]>
  /** The run's state now, then what happens to it until it ends. @throws UserError `run.not_found` */
  watch(scope: TenantScope, id: string, signal: AbortSignal): AsyncGenerator<RunEvent>
  /** The newest runs of a workflow, then what happens to any of its runs. @throws UserError `workflow.not_found` */
  watchList(scope: TenantScope, workflowId: string, signal: AbortSignal): AsyncGenerator<RunEvent>
  /**
   * The newest runs of all workflows of a customer, then what happens to any of its runs.
   *
   * @throws UserError `customer.not_found`
   */
  watchAll(scope: TenantScope, watch: WatchAll): AsyncGenerator<RunEvent>
}

interface RunDeps {
  readonly store: RunStore
  readonly engine: Engine
  readonly hub: EventHub
  /** Where outputs are that are too large for the journal. */
  readonly blobs?: BlobStore | undefined
}

export function createRunsService(deps: RunDeps): RunsService {
  return new JournaledRuns(deps)
}

class JournaledRuns implements RunsService {
  private readonly control: RunControl

  constructor(private readonly deps: RunDeps) {
    this.control = createRunControl(deps)
  }

  async list(scope: TenantScope, filter: RunFilter): Promise<Page<RunSummary>> {
    const { store } = this.deps
    const { search } = filter
    const { rows, stoppedAt } =
      search === undefined
        ? { rows: await store.list(scope, filter), stoppedAt: undefined }
        : await store.search(scope, filter, search)
    const page = toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toSummary })
    return stoppedAt === undefined ? page : { ...page, nextCursor: stoppedAt }
  }

  async get(scope: TenantScope, id: string): Promise<Run> {
    return toRun(await this.require(scope, id))
  }

  async steps(scope: TenantScope, id: string): Promise<StepRun[]> {
    await this.readStatus(scope, id)
    const { tenantId } = scope
    return inOrderOfStart(await this.deps.store.steps(scope, id)).map((row) =>
      toStep(row, { tenantId, runId: id as RunId }),
    )
  }

  async stepOutput(scope: TenantScope, id: string, address: StepAddress): Promise<JsonValue> {
    const row = await this.deps.store.stepOutput(scope, id, address)
    if (row === undefined) throw outputNotFound(id, address.stepPath)
    const large = largeOutputOf(row.output, { tenantId: scope.tenantId, customerId: row.customer_id })
    if (large === undefined) return hideLinks(row.output)
    const bytes = await this.deps.blobs?.get(large.key)
    if (bytes === undefined) throw outputIsGone(id, address.stepPath)
    // Written by the engine as JSON.
    return hideLinks(JSON.parse(Buffer.from(bytes).toString()) as JsonValue)
  }

  async stepLogs(scope: TenantScope, id: string, address: StepAddress): Promise<LogLine[]> {
    await this.readStatus(scope, id)
    return (await this.deps.store.logs(scope, id, address)).map(toLogLine)
  }

  async start(scope: TenantScope, request: StartRequest): Promise<Run> {
    const workflow = await this.requireWorkflow(scope, request.workflowId)
    if (workflow.version_id === null) throw notPublished()
    if (!workflow.enabled) throw switchedOff()
    const { idempotencyKey: key, callerId } = request
    const { runId, admission } = await this.deps.engine.start({
      tenantId: scope.tenantId,
      customerId: workflow.customer_id,
      // Found under this id just now.
      workflowId: request.workflowId as WorkflowId,
      versionId: workflow.version_id,
      mode: 'live',
      trigger: request.input,
      // Hashed, so that no caller's key meets another's or a webhook's.
      ...(key === undefined ? {} : { deduplicationKey: `api:${lookupOf(`${callerId}\n${key}`)}` }),
    })
    // Its debounce or batch is not over: there is no run yet.
    if (admission === 'gathered') return toGathered(runId, workflow, request)
    await this.awaitEnd(scope, runId, request)
    return this.get(scope, runId)
  }

  cancel(scope: TenantScope, id: string): Promise<Run> {
    return this.after(scope, id, this.control.cancel(scope, id as RunId))
  }

  suspend(scope: TenantScope, id: string): Promise<Run> {
    return this.after(scope, id, this.control.suspend(scope, id as RunId))
  }

  resume(scope: TenantScope, id: string): Promise<Run> {
    return this.after(scope, id, this.control.resume(scope, id as RunId))
  }

  redrive(scope: TenantScope, id: string): Promise<Run> {
    return this.after(scope, id, this.control.redrive(scope, id as RunId))
  }

  redriveFailed(scope: TenantScope, filter: FailedFilter): Promise<BulkRedrive> {
    return this.control.redriveFailed(scope, filter)
  }

  async rerun(scope: TenantScope, id: string, request: RerunRequest = {}): Promise<Run> {
    return this.get(scope, await this.control.rerun(scope, id as RunId, request))
  }

  async fork(scope: TenantScope, id: string, request: ForkRequest): Promise<Run> {
    return this.get(scope, await this.control.fork(scope, id as RunId, request))
  }

  checkFork(scope: TenantScope, id: string, fromStep: string): Promise<ForkView> {
    return this.control.checkFork(scope, id as RunId, fromStep)
  }

  async history(scope: TenantScope, id: string): Promise<HistoryItem[]> {
    return (await this.deps.engine.history(scope, id as RunId)).map(toHistoryItem)
  }

  async *watch(scope: TenantScope, id: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
    const { workflow_id: workflowId } = await this.require(scope, id)
    const readStatus = (): Promise<RunStatus> => this.readStatus(scope, id)
    yield* watchRun(this.deps.hub, { workflowId, runId: id, signal, readStatus })
  }

  async *watchList(scope: TenantScope, workflowId: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
    const { hub, store } = this.deps
    await this.requireWorkflow(scope, workflowId)
    const readNewest = async () => (await store.newest(scope, { workflowId }, LIST_LENGTH)).reverse()
    yield* watchRuns(hub, { of: workflowId, signal, readNewest })
  }

  async *watchAll(scope: TenantScope, { customerId = scope.customerId, signal }: WatchAll): AsyncGenerator<RunEvent> {
    const { hub, store } = this.deps
    // Channels know no scope: only a customer that can be seen in it may be listened to.
    if (customerId !== undefined && !(await store.hasCustomer(scope, customerId))) throw customerNotFound(customerId)
    const readNewest = async () => (await store.newest(scope, { customerId }, LIST_LENGTH)).reverse()
    yield* watchRuns(hub, { of: customerId ?? scope.tenantId, signal, readNewest })
  }

  /** The run as it is once something was done with it. */
  private async after(scope: TenantScope, id: string, done: Promise<void>): Promise<Run> {
    await done
    return this.get(scope, id)
  }

  private async awaitEnd(scope: TenantScope, runId: RunId, request: StartRequest): Promise<void> {
    const { workflowId, waitSeconds, signal = new AbortController().signal } = request
    if (waitSeconds === 0) return
    await awaitRun(this.deps.hub, { workflowId, runId, timeoutMs: waitSeconds * 1000, signal }, async () => {
      const status = await this.readStatus(scope, runId)
      return isTerminal(status) ? status : undefined
    })
  }

  private async require(scope: TenantScope, id: string): Promise<RunDetailRow> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) throw runNotFound(id)
    return row
  }

  private async requireWorkflow(scope: TenantScope, id: string): Promise<StartableRow> {
    const row = await this.deps.store.startable(scope, id)
    if (row === undefined) throw workflowNotFound(id)
    return row
  }

  private async readStatus(scope: TenantScope, id: string): Promise<RunStatus> {
    const status = await this.deps.store.status(scope, id)
    if (status === undefined) throw runNotFound(id)
    return status
  }
}
