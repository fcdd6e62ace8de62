import {
  allSteps,
  type ConnectorRegistry,
  type DefinitionIssue,
  inScope,
  type JsonValue,
  type Step,
  type TenantScope,
  type WorkflowDefinition,
} from '@inlay/engine'
import { hideLinks } from '../../approvals/index.js'
import type { TenantCatalogs } from '../../catalog/index.js'
import type { GuardrailsService } from '../../guardrails/index.js'
import { type Deployment, definitionIssues, requireDraft } from '../definition-checks.js'
import { invalidDefinition, notReadable, workflowNotFound } from '../errors.js'
import type { WorkflowsService } from '../service.js'
import type { WorkflowDetailRow, WorkflowStore } from '../store.js'
import { pinTooLarge, stepNotFound, tooManyPins } from './errors.js'
import type { Samples } from './latest-samples.js'
import { planStepTest, type StepPlan } from './plan.js'
import { effectOf, waitOutput } from './rehearsal.js'
import { type PlanRun, runPlan, type TestEngineParts } from './run-plan.js'
import type { Pin, StepTest } from './schema.js'
import { type SampleStore, TRIGGER_ID } from './store.js'

/** Bytes of JSON of one pinned value, and of what a test leaves for later steps. */
const MAX_SAMPLE_BYTES = 262_144
/** Pinned values, and kept results of tests, that one workflow may have. */
const MAX_SAMPLES = 200

export interface StepTestRequest {
  readonly stepId: string
  /** @default the draft as it is stored */
  readonly definition?: JsonValue | undefined
  /** What the trigger gives. @default what is pinned, else what it gave last */
  readonly trigger?: JsonValue | undefined
}

/** Tests of single steps, and data that stands in for steps in tests. Nothing here is ever seen by live runs. */
export interface StepTestsService {
  /**
   * Runs one step with what is known of those before it: pinned data, else what they gave last, else examples.
   *
   * @throws UserError `workflow.not_found`, `workflow.unknown_step`, `definition.invalid` with issues of the step
   */
  test(scope: TenantScope, workflowId: string, request: StepTestRequest): Promise<StepTest>
  /** @throws UserError `workflow.not_found` */
  pins(scope: TenantScope, workflowId: string): Promise<Pin[]>
  /** @throws UserError `workflow.not_found`, `workflow.pin_too_large`, `workflow.too_many_pins` */
  pin(
    scope: TenantScope,
    workflowId: string,
    pin: { readonly stepId: string; readonly value: JsonValue },
  ): Promise<void>
  /** @throws UserError `workflow.not_found` */
  unpin(scope: TenantScope, workflowId: string, stepId: string): Promise<void>
}

interface StepTestDeps {
  readonly store: WorkflowStore
  readonly samples: SampleStore
  readonly workflows: Pick<WorkflowsService, 'samples'>
  readonly registry: ConnectorRegistry
  readonly catalogs: Pick<TenantCatalogs, 'of'>
  /** Tells what a caller is offered. */
  readonly guardrails: Pick<GuardrailsService, 'of'>
  /** Asked when it is needed: it is made after this. */
  readonly engine: () => TestEngineParts
}

export function createStepTestsService(deps: StepTestDeps): StepTestsService {
  const require = async (scope: TenantScope, id: string): Promise<WorkflowDetailRow> => {
    const row = await deps.store.find(scope, id)
    if (row === undefined) throw workflowNotFound(id)
    return row
  }
  return {
    test: async (scope, id, request) => testStep(deps, scope, { ...request, workflow: await require(scope, id) }),
    pins: async (scope, id) => {
      await require(scope, id)
      const rows = await deps.samples.list(scope, id)
      return rows
        .filter((row) => row.is_pinned)
        .map((row) => ({ stepId: row.step_id, value: row.value, pinnedAt: row.updated_at.toISOString() }))
    },
    pin: async (scope, id, { stepId, value }) => {
      await require(scope, id)
      if (bytesOf(value) > MAX_SAMPLE_BYTES) throw pinTooLarge(MAX_SAMPLE_BYTES)
      const isKept = await deps.samples.keep(scope, { workflowId: id, stepId, isPinned: true, value }, MAX_SAMPLES)
      if (!isKept) throw tooManyPins(MAX_SAMPLES)
    },
    unpin: async (scope, id, stepId) => {
      await require(scope, id)
      await deps.samples.unpin(scope, id, stepId)
    },
  }
}

interface TestWork extends StepTestRequest {
  readonly workflow: WorkflowDetailRow
}

async function testStep(deps: StepTestDeps, scope: TenantScope, work: TestWork): Promise<StepTest> {
  const { workflow, stepId } = work
  const { samples, registry, catalogs, guardrails } = deps
  const document = requireDraft(work.definition ?? workflow.draft)
  const [pins, known] = await Promise.all([
    samples.pins(scope, workflow.id),
    deps.workflows.samples(scope, workflow.id),
  ])
  const [catalog, offer] = await Promise.all([catalogs.of(scope), guardrails.of(scope)])
  const against: Deployment = { registry: inScope(registry, scope), catalog, offer }
  const examples = await connectorExamples(document, against.registry)
  const { plan, step } = readable(() => {
    // Drafts may lack what a definition has; whoever stumbles over that says so.
    const definition = document as unknown as WorkflowDefinition
    const found = [...allSteps(definition.steps)].find((each) => each.step.id === stepId)?.step
    const data = { pins, samples: { ...examples, ...known.steps } }
    return { plan: planStepTest(definition, stepId, data), step: found }
  })
  if (plan === undefined || step === undefined) throw stepNotFound(stepId)
  const issues = await definitionIssues(plan.definition, against)
  if (issues.length > 0) throw invalidDefinition(issues.map((issue) => inDraft(issue, plan)))
  const trigger = work.trigger ?? pins[TRIGGER_ID] ?? known.trigger ?? examples[TRIGGER_ID] ?? {}
  const owner = { tenantId: scope.tenantId, customerId: workflow.customer_id, workflowId: workflow.id }
  const result = toResult(step, plan, await runPlan(deps.engine(), plan, { owner, trigger }))
  return { ...result, isKept: await keep(deps, scope, { workflowId: workflow.id, step, result, known }) }
}

/** @throws UserError `definition.invalid` for a draft whose steps cannot be walked */
function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof TypeError) throw notReadable()
    throw error
  }
}

/** What connectors' authors gave as examples, by step. */
async function connectorExamples(document: JsonValue, registry: ConnectorRegistry): Promise<Record<string, JsonValue>> {
  const examples: Record<string, JsonValue> = {}
  const { trigger, steps } = readable(() => {
    const definition = document as unknown as WorkflowDefinition
    return { trigger: definition.trigger, steps: [...allSteps(definition.steps)] }
  })
  if (trigger?.type === 'connector') {
    const connector = await registry.load(trigger.connector, trigger.version)
    const sample = connector?.triggers?.[trigger.trigger]?.sampleOutput
    if (sample !== undefined) examples[TRIGGER_ID] = sample
  }
  for (const { step } of steps) {
    if (step.type !== 'action') continue
    const connector = await registry.load(step.connector, step.version)
    const sample = connector?.actions[step.action]?.sampleOutput
    if (sample !== undefined) examples[step.id] = sample
  }
  return examples
}

/** The issue where it stands in the draft. */
function inDraft(issue: DefinitionIssue, { origins }: StepPlan): DefinitionIssue {
  const found = origins.find(([here]) => issue.pointer === here || issue.pointer.startsWith(`${here}/`))
  if (found === undefined) return issue
  const [here, there] = found
  return { ...issue, pointer: there + issue.pointer.slice(here.length) }
}

type Result = Omit<StepTest, 'isKept'>

function toResult(step: Step, plan: StepPlan, { run, steps, log }: PlanRun): Result {
  const record = steps.find(({ stepPath }) => stepPath === plan.stepPath)
  const condition = steps.find(({ stepPath }) => stepPath === plan.conditionPath)?.output
  const effect = effectOf(step)
  const error = record?.error ?? run.error
  const fields = record?.output ?? null
  const isShown = effect === 'shown'
  return {
    stepId: step.id,
    status: statusOf(record?.status, run.status),
    effect,
    isConditionMet: isMet(condition),
    input: hideLinks((isShown ? fields : record?.input) ?? null),
    output: hideLinks(isShown ? shownOutput(step, fields) : fields),
    error: error === undefined ? null : withoutPlace(error),
    durationMs: record?.finishedAt === undefined ? 0 : Math.max(0, record.finishedAt - record.startedAt),
    log: log
      .filter(({ stepPath }) => stepPath === plan.stepPath)
      .map(({ level, message, data }) => ({
        level,
        message,
        ...(data === undefined ? {} : { data: data as JsonValue }),
      })),
  }
}

function statusOf(step: string | undefined, run: string): StepTest['status'] {
  if (step === 'succeeded') return 'succeeded'
  if (run === 'waiting') return 'unfinished'
  return step === undefined && run === 'succeeded' ? 'unreached' : 'failed'
}

function isMet(condition: JsonValue | undefined): boolean | null {
  if (typeof condition !== 'object' || condition === null || !('isMet' in condition)) return null
  // Checked above: an object with that field.
  return (condition as { readonly isMet: JsonValue }).isMet === true
}

function shownOutput(step: Step, fields: JsonValue): JsonValue {
  if (step.type !== 'wait' || fields === null || typeof fields !== 'object' || Array.isArray(fields)) return null
  // Checked above: no list, so an object.
  return waitOutput(step, fields as Readonly<Record<string, JsonValue>>)
}

function withoutPlace({ kind, title, detail, data, retryable }: NonNullable<PlanRun['run']['error']>) {
  return {
    kind,
    title,
    retryable,
    ...(detail === undefined ? {} : { detail }),
    ...(data === undefined ? {} : { data }),
  }
}

interface Keep {
  readonly workflowId: string
  readonly step: Step
  readonly result: Result
  readonly known: Samples
}

/** What it gave is what steps after it see. What was only shown gives way to what a run recorded. */
async function keep({ samples }: StepTestDeps, scope: TenantScope, { workflowId, step, result, known }: Keep) {
  const { status, effect, output: value } = result
  if (status !== 'succeeded' || value === null || bytesOf(value) > MAX_SAMPLE_BYTES) return false
  if (effect === 'shown' && known.steps[step.id] !== undefined) return false
  return samples.keep(scope, { workflowId, stepId: step.id, isPinned: false, value }, MAX_SAMPLES)
}

function bytesOf(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value))
}
