import {
  allSteps,
  type ConnectorRegistry,
  inScope,
  type JsonObject,
  type JsonValue,
  newId,
  type TenantScope,
  type WorkflowDefinition,
  type WorkflowId,
} from '@inlay/engine'
import type { TenantCatalogs } from '../../catalog/index.js'
import type { GuardrailsService } from '../../guardrails/index.js'
import type { RunsService } from '../../runs/index.js'
import { definitionIssues, requireDraft } from '../definition-checks.js'
import { workflowNotFound } from '../errors.js'
import { runPlan, type TestEngineParts } from '../step-tests/run-plan.js'
import type { WorkflowDetailRow, WorkflowStore } from '../store.js'
import { notRecordable, testNotFound, tooManyTests } from './errors.js'
import { judge } from './judge.js'
import { reachesOutside, recordRun } from './recording.js'
import { type Difference, type Expectation, MAX_TESTS, type StoredTest, type TestResult } from './schema.js'
import type { StoredTestRow, StoredTestStore } from './store.js'

export interface TestChange {
  readonly name?: string | undefined
  readonly expected?: Expectation | undefined
}

/**
 * Tests that are kept with a workflow. They run the draft with the recorded input; steps that reach outside are not run
 * but give what they gave when the test was recorded, so that a test sends nothing and changes nothing.
 */
export interface StoredTestsService {
  /** @throws UserError `workflow.not_found` */
  list(scope: TenantScope, workflowId: string): Promise<StoredTest[]>
  /** Makes a test of a run. @throws UserError `workflow.not_found`, `run.not_found`, `workflow_test.not_recordable`, `workflow_test.too_many` */
  record(
    scope: TenantScope,
    workflowId: string,
    request: { readonly runId: string; readonly name: string },
  ): Promise<StoredTest>
  /** @throws UserError `workflow_test.not_found` */
  update(scope: TenantScope, id: string, change: TestChange): Promise<StoredTest>
  /** @throws UserError `workflow_test.not_found` */
  delete(scope: TenantScope, id: string): Promise<void>
  /** Runs all tests of a workflow on its draft. @throws UserError `workflow.not_found` */
  run(scope: TenantScope, workflowId: string, definition?: JsonValue): Promise<StoredTest[]>
}

interface StoredTestDeps {
  readonly store: WorkflowStore
  readonly tests: StoredTestStore
  readonly runs: Pick<RunsService, 'get' | 'steps'>
  readonly registry: ConnectorRegistry
  readonly catalogs: Pick<TenantCatalogs, 'of'>
  /** Tells what a caller is offered. */
  readonly guardrails: Pick<GuardrailsService, 'of'>
  /** Asked when it is needed: it is made after this. */
  readonly engine: () => TestEngineParts
}

export function createStoredTestsService(deps: StoredTestDeps): StoredTestsService {
  const { store, tests, runs } = deps
  const require = async (scope: TenantScope, id: string): Promise<WorkflowDetailRow> => {
    const row = await store.find(scope, id)
    if (row === undefined) throw workflowNotFound(id)
    return row
  }
  return {
    list: async (scope, workflowId) => {
      await require(scope, workflowId)
      return (await tests.list(scope, workflowId)).map(toStoredTest)
    },
    record: async (scope, workflowId, { runId, name }) => {
      const workflow = await require(scope, workflowId)
      const [run, steps] = await Promise.all([runs.get(scope, runId), runs.steps(scope, runId)])
      if (run.workflowId !== workflow.id) throw notRecordable('It is a run of another workflow.')
      const id = newId('wft', Date.now())
      const row = await tests.insert(scope, { id, workflow_id: workflow.id, name, ...recordRun(run, steps) }, MAX_TESTS)
      if (row === undefined) throw tooManyTests(MAX_TESTS)
      return toStoredTest(row)
    },
    update: async (scope, id, change) => {
      const before = await tests.find(scope, id)
      if (before === undefined) throw testNotFound(id)
      const { name = before.name, expected = before.expected } = change
      const row = await tests.update(scope, { id, name, expected })
      if (row === undefined) throw testNotFound(id)
      return toStoredTest(row)
    },
    delete: async (scope, id) => {
      if (!(await tests.delete(scope, id))) throw testNotFound(id)
    },
    run: async (scope, workflowId, definition) => {
      const workflow = await require(scope, workflowId)
      const document = requireDraft(definition ?? workflow.draft)
      const [catalog, offer] = await Promise.all([deps.catalogs.of(scope), deps.guardrails.of(scope)])
      const against = { registry: inScope(deps.registry, scope), catalog, offer }
      const [issue] = await definitionIssues(document, against)
      const results: StoredTest[] = []
      for (const test of await tests.list(scope, workflowId)) {
        const result =
          issue === undefined
            ? // Without issues it is what its schema says.
              await runTest(deps.engine(), test, { scope, definition: document as unknown as WorkflowDefinition })
            : toResult([{ kind: 'invalid', message: issue.message }], 0)
        await tests.keepResult(scope, test.id, result)
        results.push(toStoredTest({ ...test, last_result: result }))
      }
      return results
    },
  }
}

interface TestedDraft {
  readonly scope: TenantScope
  readonly definition: WorkflowDefinition
}

async function runTest(
  engine: TestEngineParts,
  test: StoredTestRow,
  { scope, definition }: TestedDraft,
): Promise<TestResult> {
  const outside = [...allSteps(definition.steps)].filter(({ step }) => reachesOutside(step.type))
  const unknown = new Set(outside.map(({ step }) => step.id).filter((id) => !Object.hasOwn(test.pins, id)))
  const pins = Object.fromEntries(outside.map(({ step }) => [step.id, test.pins[step.id] ?? null]))
  const startedAt = Date.now()
  const owner = {
    tenantId: scope.tenantId,
    customerId: test.customer_id,
    // Rows hold the ids that were made for them.
    workflowId: test.workflow_id as WorkflowId,
  }
  // A checked definition is plain JSON.
  const plan = { definition: definition as unknown as JsonObject, pins }
  const done = await runPlan(engine, plan, { owner, trigger: test.input })
  return toResult(judge(test.expected, done, unknown), Date.now() - startedAt)
}

function toResult(differences: Difference[], durationMs: number): TestResult {
  const outcome = differences.length === 0 ? 'passed' : 'failed'
  return { outcome, differences, durationMs, at: new Date().toISOString() }
}

function toStoredTest(row: StoredTestRow): StoredTest {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    name: row.name,
    input: row.input,
    recorded: Object.keys(row.pins),
    expected: row.expected,
    lastResult: row.last_result,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
