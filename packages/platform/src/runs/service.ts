import { setTimeout as delay } from 'node:timers/promises'
import {
  type CustomerId,
  type Engine,
  isTerminal,
  type JsonValue,
  type RunId,
  type RunMode,
  type TenantScope,
  UserError,
  type VersionId,
  type WorkflowId,
} from '@inlay/engine'
import { type Page, toPage } from '../api/pagination.js'
import { type EventHub, eventStream, type RunEvent } from '../realtime/index.js'
import type { Run, RunSummary, StepRun } from './schema.js'
import type { RunFilter, RunRow, RunStore, StepRow } from './store.js'

const POLL_MS = 1000

/** Runs as callers see and steer them. */
export interface RunsService {
  list(scope: TenantScope, filter: RunFilter): Promise<Page<RunSummary>>
  /** @throws UserError `run.not_found` */
  get(scope: TenantScope, id: string): Promise<Run>
  steps(scope: TenantScope, id: string): Promise<StepRun[]>
  /** Starts the published version; waits up to `waitSeconds` for its end. @throws UserError `workflow.not_found`, `workflow.not_published` */
  start(scope: TenantScope, start: { workflowId: string; input: JsonValue; waitSeconds: number }): Promise<Run>
  cancel(scope: TenantScope, id: string): Promise<Run>
  /** A new run of the same version with the same input. */
  rerun(scope: TenantScope, id: string): Promise<Run>
  /** The run's state now, then what happens to it. */
  watch(scope: TenantScope, id: string, signal: AbortSignal): AsyncGenerator<RunEvent>
  /** What happens to the runs of a workflow. */
  watchList(scope: TenantScope, workflowId: string, signal: AbortSignal): AsyncGenerator<RunEvent>
}

interface RunDeps {
  readonly store: RunStore
  readonly engine: Engine
  readonly hub: EventHub
}

export function createRunsService({ store, engine, hub }: RunDeps): RunsService {
  const require = async (scope: TenantScope, id: string): Promise<RunRow> => {
    const row = await store.find(scope, id)
    if (row === undefined) throw new UserError('not_found', 'run.not_found', `There is no run ${id}.`)
    return row
  }
  const begin = async (
    scope: TenantScope,
    run: { row: Pick<RunRow, 'workflow_id' | 'customer_id' | 'version_id'>; trigger: JsonValue; mode: RunMode },
  ): Promise<RunId> => {
    const { runId } = await engine.start({
      tenantId: scope.tenantId,
      customerId: run.row.customer_id as CustomerId,
      workflowId: run.row.workflow_id,
      versionId: run.row.version_id,
      mode: run.mode,
      trigger: run.trigger,
    })
    return runId
  }
  const service: RunsService = {
    list: async (scope, filter) => {
      const rows = await store.list(scope, filter)
      return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toSummary })
    },
    get: async (scope, id) => toRun(await require(scope, id)),
    steps: async (scope, id) => {
      await require(scope, id)
      return (await store.steps(scope, id)).map(toStep)
    },
    start: async (scope, { workflowId, input, waitSeconds }) => {
      const workflow = await store.startable(scope, workflowId)
      if (workflow === undefined)
        throw new UserError('not_found', 'workflow.not_found', `There is no workflow ${workflowId}.`)
      const { version_id, customer_id } = workflow
      if (version_id === null)
        throw new UserError('conflict', 'workflow.not_published', 'Publish the workflow before you start it.')
      const row = { workflow_id: workflowId as WorkflowId, customer_id, version_id: version_id as VersionId }
      const runId = await begin(scope, { row, trigger: input, mode: 'live' })
      if (waitSeconds > 0)
        await untilEnded(hub, {
          workflowId,
          waitMs: waitSeconds * 1000,
          hasEnded: async () => isTerminal((await require(scope, runId)).status),
          runId,
        })
      return service.get(scope, runId)
    },
    cancel: async (scope, id) => {
      await require(scope, id)
      await engine.cancel(scope, id as RunId)
      return service.get(scope, id)
    },
    rerun: async (scope, id) => {
      const row = await require(scope, id)
      return service.get(scope, await begin(scope, { row, trigger: row.trigger, mode: row.mode }))
    },
    watch: async function* (scope, id, signal) {
      const row = await require(scope, id)
      yield { type: 'run', runId: id, status: row.status, at: new Date().toISOString() }
      yield* eventStream(hub, row.workflow_id, {
        signal,
        accept: (event) => event.runId === id && event.type !== 'responded',
      })
    },
    watchList: async function* (scope, workflowId, signal) {
      const workflow = await store.startable(scope, workflowId)
      if (workflow === undefined)
        throw new UserError('not_found', 'workflow.not_found', `There is no workflow ${workflowId}.`)
      yield* eventStream(hub, workflowId, { signal, accept: ({ type }) => type === 'run' })
    },
  }
  return service
}

interface Wait {
  readonly workflowId: string
  readonly runId: string
  readonly waitMs: number
  readonly hasEnded: () => Promise<boolean>
}

/** Waits for word of the run's end, and looks for itself now and then in case word was lost. */
async function untilEnded(hub: EventHub, { workflowId, runId, waitMs, hasEnded }: Wait): Promise<void> {
  const deadline = Date.now() + waitMs
  let wake: () => void = () => {}
  const stop = await hub.listen(workflowId, (event) => {
    if (event.runId === runId && event.type === 'run' && isTerminal(event.status)) wake()
  })
  try {
    while (Date.now() < deadline && !(await hasEnded())) {
      const heard = new Promise<void>((resolve) => {
        wake = resolve
      })
      await Promise.race([heard, delay(Math.min(POLL_MS, Math.max(1, deadline - Date.now())))])
    }
  } finally {
    stop()
  }
}

function toSummary(row: RunRow): RunSummary {
  const { started_at: startedAt, finished_at: finishedAt } = row
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name ?? 'Deleted workflow',
    customerId: row.customer_id,
    versionId: row.version_id,
    versionNumber: row.version_number,
    mode: row.mode,
    status: row.status,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    wakeAt: row.wake_at?.toISOString() ?? null,
    durationMs: finishedAt === null ? null : finishedAt.getTime() - (startedAt ?? row.created_at).getTime(),
  }
}

function toRun(row: RunRow): Run {
  return { ...toSummary(row), trigger: row.trigger, output: row.output }
}

function toStep(row: StepRow): StepRun {
  return {
    stepPath: row.step_path,
    stepId: row.step_path.split('/').at(-1) ?? row.step_path,
    iteration: row.iteration,
    type: row.type,
    status: row.status,
    attempt: row.attempt,
    input: row.input,
    output: row.output,
    error: row.error,
    startedAt: new Date(row.started_at).toISOString(),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
    durationMs: row.finished_at === null ? null : Math.max(0, row.finished_at - row.started_at),
    wakeAt: row.wake_at === null ? null : new Date(row.wake_at).toISOString(),
  }
}
