import { z } from 'zod'
import type { ConnectorAction } from '../contracts/connector.js'
import type { ActionStep, ConnectorTriggerStart, Step, WorkflowDefinition } from '../contracts/workflow.js'
import type { Reference } from '../expression/index.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'
import {
  DATE_TIME,
  type DataShape,
  type JsonSchema,
  listOf,
  objectOf,
  oneOf,
  shapeAt,
  shapeOf,
  TEXT,
  UNKNOWN,
  WHOLE_NUMBER,
} from './data-shape.js'
import type { StepSight } from './describe-data.js'
import { innerOutput, loopItem, type OutputContext, orError, stepOutput, triggerOutput } from './step-outputs.js'
import { allSteps, type NestedSequence, nestedSequences } from './walk.js'

/** One place that the expressions of a step may refer to. */
export interface DataSource extends DataShape {
  /** As an expression writes it: `trigger`, `item`, `steps.order.output`. */
  readonly path: string
  /** The step that gives it. */
  readonly stepId?: string
  /** Whether it may be empty, since the step may be left out or fail: paths into it then need `?.`. */
  readonly mayBeMissing: boolean
}

/** What the expressions of a step may refer to, and what is known of it. */
export interface StepData extends StepSight {
  /** The steps' outputs in the order in which they run, then the loop's item and index, the trigger, and what a run has. */
  readonly sources: readonly DataSource[]
}

/** What a description may draw on besides the definition. */
export interface DescribeOptions {
  /** Says what actions and triggers give; without it their outputs are unknown. */
  readonly connectors?: ConnectorRegistry
}

/**
 * For each step of a definition, by its id, the data that it may refer to, with JSON Schemas where they are known: of
 * actions and of connectors' triggers as the connectors declare them, of other steps from what they do.
 *
 * @throws what `connectors.load` throws
 * @example
 * const data = await describe(definition, { connectors })
 * data.get('tell')?.sources // [{ path: 'steps.order.output', schema: { type: 'object', … }, … }, …]
 */
export async function describe(
  definition: WorkflowDefinition,
  { connectors }: DescribeOptions = {},
): Promise<ReadonlyMap<string, StepData>> {
  const outputs = new Map<ActionStep | ConnectorTriggerStart, DataShape>()
  if (connectors !== undefined) {
    const { trigger, steps } = definition
    if (trigger.type === 'connector') outputs.set(trigger, await connectorTriggerOutput(trigger, connectors))
    for (const { step } of allSteps(steps)) {
      if (step.type === 'action') outputs.set(step, await actionOutput(step, connectors))
    }
  }
  return describeWith(
    definition,
    (step) => outputs.get(step),
    (start) => outputs.get(start),
  )
}

/**
 * As `describe`, for hosts that know the outputs of actions and of connectors' triggers in another way, as the builder does
 * from its catalogue.
 */
export function describeWith(
  definition: WorkflowDefinition,
  actionOutputOf: (step: ActionStep) => DataShape | undefined,
  triggerOutputOf: (start: ConnectorTriggerStart) => DataShape | undefined = () => undefined,
): ReadonlyMap<string, StepData> {
  const describer = new Describer(definition, actionOutputOf, triggerOutput(definition.trigger, triggerOutputOf))
  describer.sequence(definition.steps, { steps: [], loops: [] })
  return describer.result
}

async function actionOutput({ connector, version, action }: ActionStep, registry: ConnectorRegistry) {
  const actions = (await registry.load(connector, version))?.actions ?? {}
  return declaredOutput(Object.hasOwn(actions, action) ? actions[action] : undefined)
}

async function connectorTriggerOutput(start: ConnectorTriggerStart, registry: ConnectorRegistry) {
  const triggers = (await registry.load(start.connector, start.version))?.triggers ?? {}
  return declaredOutput(Object.hasOwn(triggers, start.trigger) ? triggers[start.trigger] : undefined)
}

function declaredOutput(declared: Pick<ConnectorAction, 'output' | 'sampleOutput'> | undefined): DataShape {
  if (declared === undefined) return UNKNOWN
  const schema = schemaOf(declared.output)
  return declared.sampleOutput === undefined ? { schema } : { schema, sample: declared.sampleOutput }
}

function schemaOf(type: z.ZodType): JsonSchema {
  const { $schema, '~standard': _, ...schema } = { ...z.toJSONSchema(type, { io: 'output', unrepresentable: 'any' }) }
  // A JSON Schema is plain JSON once it has been through text, which also drops what zod attaches.
  return JSON.parse(JSON.stringify(schema)) as JsonSchema
}

/** A step that has been passed, and whether it may have been left out. */
interface Passed {
  readonly id: string
  readonly mayBeMissing: boolean
}

interface Sight {
  readonly steps: readonly Passed[]
  /** Outermost first; `item` is undefined for loops without items. */
  readonly loops: readonly { readonly item: DataShape | undefined }[]
}

class Describer {
  readonly result = new Map<string, StepData>()
  private readonly outputs = new Map<string, DataShape>()
  private readonly run: readonly DataSource[]
  private readonly trigger: DataShape

  constructor(
    definition: WorkflowDefinition,
    private readonly actionOutputOf: (step: ActionStep) => DataShape | undefined,
    one: DataShape,
  ) {
    this.trigger = definition.batchEvents === undefined ? one : objectOf({ items: listOf(one) })
    const vars = definition.vars === undefined ? NO_VARS : shapeOf(definition.vars)
    this.run = Object.entries({ trigger: this.trigger, ...RUN_ROOTS, vars }).map(([path, shape]) => ({
      ...shape,
      path,
      mayBeMissing: false,
    }))
  }

  /** @returns the steps in sight after the sequence */
  sequence(steps: readonly Step[], sight: Sight): readonly Passed[] {
    let seen = sight.steps
    for (const step of steps) {
      const here = { ...sight, steps: seen }
      this.result.set(step.id, this.dataAt(here))
      const inner = this.inner(step, here)
      const isOptional = step.if !== undefined || (step.onError !== undefined && step.onError !== 'fail')
      this.outputs.set(step.id, outcome(step, stepOutput(step, this.context(here))))
      const passed = inner.map((each) => ({ ...each, mayBeMissing: each.mayBeMissing || isOptional }))
      seen = [...seen, ...passed, { id: step.id, mayBeMissing: isOptional }]
    }
    return seen
  }

  /** @returns the steps inside that later ones see */
  private inner(step: Step, sight: Sight): readonly Passed[] {
    const passed: Passed[] = []
    for (const nested of nestedSequences(step)) {
      const isAfter = nested.fallback
      if (isAfter) this.outputs.set(step.id, innerOutput(step, nested.place, this.context(sight)))
      const own = isAfter ? [...passed, { id: step.id, mayBeMissing: false }] : []
      const start = [...sight.steps, ...own]
      const after = this.sequence(nested.steps, { steps: start, loops: this.loopsIn(step, nested, sight) })
      if (nested.loop || nested.single) continue
      const mayBeMissing = !alwaysRuns(step, nested)
      for (const each of after.slice(start.length)) {
        passed.push({ id: each.id, mayBeMissing: each.mayBeMissing || mayBeMissing })
      }
    }
    return passed
  }

  private loopsIn(step: Step, { loop }: NestedSequence, sight: Sight): Sight['loops'] {
    if (!loop) return sight.loops
    const item = step.type === 'forEach' ? loopItem(step, this.context(sight)) : undefined
    return [...sight.loops, { item }]
  }

  private context(sight: Sight): OutputContext {
    return {
      lookUp: (reference) => this.lookUp(reference, sight),
      outputOf: (id) => this.outputs.get(id ?? '') ?? UNKNOWN,
      actionOutput: this.actionOutputOf,
    }
  }

  private lookUp([root, ...path]: Reference, { loops }: Sight): DataShape {
    switch (root) {
      case 'steps': {
        const [id = '', field, ...rest] = path
        if (field === 'status') return STATUS
        return field === 'output' ? shapeAt(this.outputs.get(id) ?? UNKNOWN, rest) : UNKNOWN
      }
      case 'item':
        return shapeAt(innermostItem(loops) ?? UNKNOWN, path)
      case 'index':
        return WHOLE_NUMBER
      default:
        return shapeAt(this.run.find((source) => source.path === root) ?? UNKNOWN, path)
    }
  }

  private dataAt({ steps, loops }: Sight): StepData {
    const outputs = steps.map(({ id, mayBeMissing }) => {
      const shape = this.outputs.get(id) ?? UNKNOWN
      return { ...shape, path: `steps.${id}.output`, stepId: id, mayBeMissing }
    })
    const item = innermostItem(loops)
    const loop = [
      ...(item === undefined ? [] : [{ ...item, path: 'item', mayBeMissing: false }]),
      ...(loops.length === 0 ? [] : [{ ...WHOLE_NUMBER, path: 'index', mayBeMissing: false }]),
    ]
    return { steps: steps.map(({ id }) => id), inLoop: loops.length > 0, sources: [...outputs, ...loop, ...this.run] }
  }
}

const STATUS = oneOf(['succeeded', 'failed', 'skipped'])

const RUN_ROOTS: Readonly<Record<string, DataShape>> = {
  run: objectOf({ id: TEXT, mode: oneOf(['live', 'test']), createdAt: DATE_TIME }),
  customer: objectOf({ id: TEXT }),
  tenant: objectOf({ id: TEXT }),
}

const NO_VARS: DataShape = { schema: { type: 'object' } }

/** What later steps see of a step: where its failure does not end the run, perhaps its error. */
function outcome({ onError = 'fail' }: Step, output: DataShape): DataShape {
  return onError === 'fail' ? output : orError(output)
}

function innermostItem(loops: Sight['loops']): DataShape | undefined {
  return loops.findLast(({ item }) => item !== undefined)?.item
}

/** Whether the steps of a nested sequence have run whenever those after the step run. */
function alwaysRuns(step: Step, { place }: NestedSequence): boolean {
  return (step.type === 'parallel' && step.join !== 'any') || step.type === 'wait' || place === '/finally'
}
