import {
  type Connector,
  type CustomerId,
  createEngine,
  type Engine,
  type EngineSettings,
  type Journal,
  type JsonValue,
  type NewRun,
  newId,
  type RunId,
  type StepRecord,
  type TenantId,
  type VersionId,
  WORKFLOW_SCHEMA,
  type WorkflowId,
} from '@inlay/engine'
import { createMemoryConnectors, createMemoryDefinitions } from '@inlay/engine/memory'
import { z } from 'zod'

const VERSION_ID = 'ver_bench' as VersionId
const IDENTITY = {
  tenantId: 'ten_bench' as TenantId,
  customerId: 'cus_bench' as CustomerId,
  workflowId: 'wf_bench' as WorkflowId,
  versionId: VERSION_ID,
  mode: 'live',
} as const

/** An engine with one workflow, and the ways the benchmark runs it. */
export interface EngineHost {
  readonly engine: Engine
  readonly journal: Journal
  /** Starts a run as a webhook does (recorded already claimed, executed here); resolves when it has ended or parked. */
  startEagerly(trigger: JsonValue): Promise<RunId>
  /** Starts runs, claims them together, and resolves when all have ended or parked. */
  startAndExecute(triggers: readonly JsonValue[]): Promise<readonly RunId[]>
  /** What is recorded of a run's steps. */
  stepsOf(runId: RunId): Promise<readonly StepRecord[]>
  close(): Promise<void>
}

export interface EngineHostOptions {
  readonly journal: Journal
  readonly steps: readonly JsonValue[]
  readonly settings?: Partial<EngineSettings>
}

/** @param options.steps the workflow's; their actions are those of the connector `bench` */
export function createEngineHost({ journal, steps, settings = {} }: EngineHostOptions): EngineHost {
  const ends = new Map<RunId, () => void>()
  const failures: unknown[] = []
  const definition = { schema: WORKFLOW_SCHEMA, name: 'Benchmark', trigger: { type: 'manual' }, steps }
  const engine = createEngine({
    journal,
    definitions: createMemoryDefinitions({ [VERSION_ID]: definition }),
    connectors: createMemoryConnectors([benchConnector()]),
    credentials: { open: async () => ({ kind: 'none', fields: {} }) },
    http: { request: async () => unreachable() },
    net: { connect: async () => unreachable() },
    events: {
      emit: (event) => {
        if (event.type !== 'run' || !isOver(event.status)) return
        if (event.status === 'failed') failures.push(new Error(`Run ${event.run.runId} of the benchmark failed.`))
        ends.get(event.run.runId)?.()
      },
    },
    settings: { maxConcurrentRuns: 1000, maxEagerRuns: 1000, ...settings },
    onUnexpected: (error) => failures.push(error),
  })
  return {
    engine,
    journal,
    startEagerly: async (trigger) => {
      const run = newRun(trigger)
      const ended = new Promise<void>((resolve) => ends.set(run.runId, resolve))
      await engine.start(run)
      await ended
      ends.delete(run.runId)
      if (failures.length > 0) throw failures[0]
      return run.runId
    },
    startAndExecute: async (triggers) => {
      const runs = triggers.map(newRun)
      await Promise.all(runs.map((run) => journal.create(run)))
      const runIds = runs.map(({ runId }) => runId)
      await engine.execute(runIds)
      if (failures.length > 0) throw failures[0]
      return runIds
    },
    stepsOf: (runId) => journal.readSteps(IDENTITY, runId),
    close: () => engine.close({ drainMs: 1000 }),
  }
}

/** A run of the benchmark's workflow that has not been recorded yet. */
export function newRun(trigger: JsonValue): NewRun {
  return { ...IDENTITY, runId: newId<RunId>('run', Date.now()), trigger }
}

/** Whether the engine lets go of a run in this status. */
function isOver(status: string): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled' || status === 'waiting'
}

/** Its action does nothing and answers at once, so that what is measured is the engine. */
function benchConnector(): Connector {
  return {
    id: 'bench',
    version: '1.0.0',
    name: 'Benchmark',
    description: 'Does nothing, durably.',
    categories: [],
    auth: [],
    connection: 'none',
    actions: {
      nothing: {
        name: 'Nothing',
        description: 'Answers at once.',
        input: z.looseObject({}),
        output: z.json(),
        scopes: [],
        options: {},
        schemas: {},
        run: async () => ({ ok: true }),
      },
    },
    triggers: {},
  }
}

function unreachable(): never {
  throw new Error('The benchmark’s workflows call nothing outside.')
}
