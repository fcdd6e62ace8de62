import type { Engine, ForkObstacles, JsonValue, RunId, TenantScope } from '@inlay/engine'
import { notSuspended, runHasEnded, runHasNotEnded, runHasSucceeded, runNotFound, versionIsGone } from './errors.js'
import type { FailedFilter, RunDetailRow } from './rows.js'
import type { RunStore } from './store.js'

/** Runs that are redriven at the same time. */
const REDRIVES_AT_ONCE = 10

export interface RerunRequest {
  /** `latest` takes the version that is published now. @default 'same' */
  readonly version?: 'same' | 'latest' | undefined
  /** Replaces the input. */
  readonly trigger?: JsonValue | undefined
}

export interface ForkRequest {
  /** Id or path of the first step that runs anew. */
  readonly fromStep: string
  /** Replaces the input. */
  readonly trigger?: JsonValue | undefined
  /** Outputs by step id that replace what steps before it gave. */
  readonly outputs?: Readonly<Record<string, JsonValue>> | undefined
  /** `latest` takes the version that is published now, when it is the same up to the step. @default 'same' */
  readonly version?: 'same' | 'latest' | undefined
}

export interface BulkRedrive {
  readonly redriven: RunId[]
  /** Whether further runs fit the filter. */
  readonly hasMore: boolean
}

/** What operators do with runs. Every method throws UserError `run.not_found` for a run of somebody else. */
export interface RunControl {
  /** Leaves a run that has ended as it is. */
  cancel(scope: TenantScope, id: RunId): Promise<void>
  /** Leaves one that is suspended as it is. @throws UserError `run.has_ended` */
  suspend(scope: TenantScope, id: RunId): Promise<void>
  /** @throws UserError `run.not_suspended` */
  resume(scope: TenantScope, id: RunId): Promise<void>
  /** The same run goes on from where it failed. @throws UserError `run.not_ended`, `run.succeeded`, `run.version_gone` */
  redrive(scope: TenantScope, id: RunId): Promise<void>
  /** Redrives the oldest failed runs that fit, and passes over those that cannot be. */
  redriveFailed(scope: TenantScope, filter: FailedFilter): Promise<BulkRedrive>
  /** @returns the new run's id @throws UserError `run.version_gone`, `workflow.not_published` */
  rerun(scope: TenantScope, id: RunId, request: RerunRequest): Promise<RunId>
  /** @returns the new run's id @throws UserError `run.version_gone`, `run.unknown_step`, `run.step_in_loop`, `run.fork_changed`, `workflow.not_published` */
  fork(scope: TenantScope, id: RunId, request: ForkRequest): Promise<RunId>
  /** @throws UserError `run.version_gone`, `run.unknown_step`, `workflow.not_published` */
  checkFork(scope: TenantScope, id: RunId, fromStep: string): Promise<ForkView>
}

/** Whether a fork can go on with the newest version, and if not, why. */
export interface ForkView extends ForkObstacles {
  /** Whether the run has executed the newest version already. */
  readonly isNewest: boolean
  readonly isPossible: boolean
}

interface ControlDeps {
  readonly store: RunStore
  readonly engine: Pick<Engine, 'cancel' | 'suspend' | 'resume' | 'redrive' | 'rerun' | 'fork' | 'checkFork'>
}

export function createRunControl({ store, engine }: ControlDeps): RunControl {
  const requireRun = async (scope: TenantScope, id: RunId): Promise<RunDetailRow> => {
    const row = await store.find(scope, id)
    if (row === undefined) throw runNotFound(id)
    return row
  }
  const requireExecutable = async (scope: TenantScope, id: RunId): Promise<RunDetailRow> => {
    const row = await requireRun(scope, id)
    if (!row.has_version) throw versionIsGone(id)
    return row
  }
  return {
    cancel: async (scope, id) => {
      if ((await engine.cancel(scope, id)) === 'not_found') throw runNotFound(id)
    },
    suspend: async (scope, id) => {
      const outcome = await engine.suspend(scope, id)
      if (outcome === 'not_found') throw runNotFound(id)
      if (outcome === 'already_ended') throw runHasEnded(id)
    },
    resume: async (scope, id) => {
      const outcome = await engine.resume(scope, id)
      if (outcome === 'not_found') throw runNotFound(id)
      if (outcome === 'not_suspended') throw notSuspended(id)
    },
    redrive: async (scope, id) => {
      const { status } = await requireExecutable(scope, id)
      if (status === 'succeeded') throw runHasSucceeded(id)
      const outcome = await engine.redrive(scope, id)
      if (outcome === 'not_found') throw runNotFound(id)
      if (outcome === 'not_ended') throw runHasNotEnded(id)
    },
    redriveFailed: (scope, filter) => redriveFailed({ store, engine }, scope, filter),
    rerun: async (scope, id, { version = 'same', trigger }) => {
      await (version === 'same' ? requireExecutable(scope, id) : requireRun(scope, id))
      const options = { version, ...(trigger === undefined ? {} : { trigger }) }
      return (await engine.rerun(scope, id, options)).runId
    },
    checkFork: async (scope, id, fromStep) => {
      const run = await requireExecutable(scope, id)
      const { versionId, obstacles } = await engine.checkFork(scope, id, fromStep)
      const { changed, added, removed, hasOtherSettings } = obstacles
      const isPossible = changed.length + added.length + removed.length === 0 && !hasOtherSettings
      return { ...obstacles, isNewest: versionId === run.version_id, isPossible }
    },
    fork: async (scope, id, { fromStep, trigger, outputs, version = 'same' }) => {
      await requireExecutable(scope, id)
      const changes = { ...(trigger === undefined ? {} : { trigger }), ...(outputs === undefined ? {} : { outputs }) }
      return (await engine.fork(scope, id, { fromStep, version, ...changes })).runId
    },
  }
}

async function redriveFailed(
  { store, engine }: ControlDeps,
  scope: TenantScope,
  filter: FailedFilter,
): Promise<BulkRedrive> {
  const found = await store.failed(scope, { ...filter, limit: filter.limit + 1 })
  const ids = found.slice(0, filter.limit)
  const redriven: RunId[] = []
  for (let i = 0; i < ids.length; i += REDRIVES_AT_ONCE) {
    const batch = ids.slice(i, i + REDRIVES_AT_ONCE)
    const outcomes = await Promise.all(batch.map((id) => engine.redrive(scope, id)))
    redriven.push(...batch.filter((_, index) => outcomes[index] === 'redriven'))
  }
  return { redriven, hasMore: found.length > ids.length }
}
