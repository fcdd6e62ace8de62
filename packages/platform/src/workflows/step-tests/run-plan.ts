/** Runs the plan of a step's test with the engine's own interpreter, on a journal in memory that is gone afterwards. */
import {
  type CustomerId,
  createEngine,
  type EngineOptions,
  type JsonValue,
  newId,
  type RunId,
  type RunRecord,
  type StepLogEntry,
  type StepRecord,
  systemClock,
  type TenantId,
  type VersionId,
  type WorkflowId,
} from '@inlay/engine'
import { createMemoryDefinitions, createMemoryJournal } from '@inlay/engine/memory'
import type { StepPlan } from './plan.js'

/** What a test shares with the engine that executes runs. */
export type TestEngineParts = Pick<
  EngineOptions,
  'connectors' | 'credentials' | 'http' | 'net' | 'code' | 'blobs' | 'storage' | 'governor' | 'onUnexpected'
>

export interface TestOwner {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly workflowId: WorkflowId
}

export interface PlanRun {
  readonly run: RunRecord
  readonly steps: readonly StepRecord[]
  readonly log: readonly StepLogEntry[]
}

/** A person waits for the result. In milliseconds. */
const TIMEOUT = '60s'
const MAX_LOG_LINES = 100

export async function runPlan(
  parts: TestEngineParts,
  plan: Pick<StepPlan, 'definition' | 'pins'>,
  { owner, trigger }: { readonly owner: TestOwner; readonly trigger: JsonValue },
): Promise<PlanRun> {
  const clock = systemClock()
  const journal = createMemoryJournal({ clock })
  const log: StepLogEntry[] = []
  const versionId = newId<VersionId>('ver', Date.now())
  const engine = createEngine({
    ...parts,
    clock,
    journal,
    definitions: createMemoryDefinitions({ [versionId]: { ...plan.definition, timeout: TIMEOUT } }, {}, plan.pins),
    onLog: (entry) => {
      if (log.length < MAX_LOG_LINES) log.push(entry)
    },
  })
  try {
    const { runId } = await engine.start({ ...owner, versionId, mode: 'test', trigger })
    await engine.execute([runId])
    return { ...(await readRun(journal, owner, runId)), log }
  } finally {
    await engine.close({ drainMs: 0 })
  }
}

async function readRun(journal: ReturnType<typeof createMemoryJournal>, scope: TestOwner, runId: RunId) {
  const [run, steps] = await Promise.all([journal.readRun(scope, runId), journal.readSteps(scope, runId)])
  if (run === undefined) throw new Error(`The test ${runId} has left no record.`)
  return { run, steps }
}
