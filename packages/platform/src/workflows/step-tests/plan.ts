/** The definition that a test of one step runs: the step itself, with what came before it standing still. */
import {
  allSteps,
  compileTemplate,
  describeData,
  type ForEachStep,
  type JsonObject,
  type JsonValue,
  nestedSequences,
  type Step,
  WORKFLOW_SCHEMA,
  type WorkflowDefinition,
} from '@inlay/engine'
import { rehearsalOf } from './rehearsal.js'

/** What is known of the steps before the tested one. */
export interface KnownData {
  /** By step id. */
  readonly pins: Readonly<Record<string, JsonValue>>
  /** What steps gave last, by step id. */
  readonly samples: Readonly<Record<string, JsonValue>>
}

export interface StepPlan {
  readonly definition: JsonObject
  /** What the steps before give without being run, by step id. */
  readonly pins: Readonly<Record<string, JsonValue>>
  /** Path of the tested step in a run of the definition. */
  readonly stepPath: string
  /** Path of the step that evaluates the tested one's condition; undefined when it has none. */
  readonly conditionPath: string | undefined
  /** Where what stands at a pointer of this definition stands in the draft: longer ones first. */
  readonly origins: readonly (readonly [here: string, there: string])[]
}

interface Place {
  readonly step: Step
  readonly pointer: string
  /** The loops around, outermost first. */
  readonly loops: readonly Step[]
}

/** Plans the test of a step; undefined when the definition has none of that id. */
export function planStepTest(definition: WorkflowDefinition, stepId: string, data: KnownData): StepPlan | undefined {
  const places = new Map(placesOf(definition.steps).map((place) => [place.step.id, place]))
  const tested = places.get(stepId)
  if (tested === undefined) return undefined
  const names = new Names(places)
  const bodies: Written[][] = tested.loops.map(() => [])
  const top: Written[] = []
  const pins: Record<string, JsonValue> = {}
  for (const id of seenBy(definition, tested.step)) {
    const before = places.get(id)
    if (before === undefined) continue
    const written = standIn(before.step, data, pins)
    const body = before.loops.length === 0 ? top : (bodies[before.loops.length - 1] ?? top)
    body.push({ step: written, origin: before.pointer })
  }
  const inner = bodies.at(-1) ?? top
  const conditionId = tested.step.if === undefined ? undefined : names.fresh('condition')
  if (conditionId !== undefined)
    inner.push({ step: conditionStep(conditionId, tested.step.if ?? ''), origin: undefined })
  inner.push({ step: rehearsalOf(tested.step), origin: tested.pointer })
  const loopIds = tested.loops.map(() => names.fresh('loop'))
  const nested = nest({ loops: tested.loops, loopIds, bodies, top, testedId: stepId })
  const around = loopIds.join('/')
  const pathOf = (id: string): string => (around === '' ? id : `${around}/${id}`)
  const origins = [...nested.origins].sort(([a], [b]) => b.length - a.length)
  return {
    definition: {
      schema: WORKFLOW_SCHEMA,
      name: definition.name,
      ...(definition.vars !== undefined && { vars: definition.vars }),
      trigger: { type: 'manual' },
      steps: nested.steps as unknown as JsonValue,
    },
    pins,
    stepPath: pathOf(stepId),
    conditionPath: conditionId === undefined ? undefined : pathOf(conditionId),
    origins,
  }
}

function placesOf(steps: readonly Step[]): Place[] {
  const pointers = new Map([...allSteps(steps)].map(({ step, pointer }) => [step, pointer]))
  const places: Place[] = []
  const visit = (sequence: readonly Step[], loops: readonly Step[]): void => {
    for (const step of sequence) {
      places.push({ step, pointer: pointers.get(step) ?? '', loops })
      for (const nested of nestedSequences(step)) visit(nested.steps, nested.loop ? [...loops, step] : loops)
    }
  }
  visit(steps, [])
  return places
}

/** A `while` step also sees its own steps: its condition is looked at after each round. */
function seenBy(definition: WorkflowDefinition, step: Step): readonly string[] {
  const seen = describeData(definition).get(step.id)?.steps ?? []
  return step.type === 'while' ? [...seen, ...step.steps.map(({ id }) => id)] : seen
}

/** What costs nothing is computed anew, so that it shows what it has become; the rest gives what it gave last. */
function standIn(step: Step, { pins, samples }: KnownData, given: Record<string, JsonValue>): Step {
  const pinned = pins[step.id]
  const isComputed = pinned === undefined && step.type === 'set' && compileTemplate(step.values).ok
  if (isComputed) return { id: step.id, type: 'set', values: step.values, onError: 'continue' }
  given[step.id] = pinned ?? samples[step.id] ?? null
  // Never run: what it gives is unknown to the compiler, as it is for every code step.
  return { id: step.id, type: 'code', source: 'return null' }
}

function conditionStep(id: string, condition: string): Step {
  const isTemplate = condition.includes('{{')
  return { id, type: 'set', values: { isMet: isTemplate ? condition : `{{ ${condition} }}` }, onError: 'continue' }
}

interface Written {
  readonly step: Step
  /** Its pointer in the draft. */
  readonly origin: string | undefined
}

interface Nest {
  readonly loops: readonly Step[]
  readonly loopIds: readonly string[]
  readonly bodies: readonly (readonly Written[])[]
  readonly top: readonly Written[]
  readonly testedId: string
}

/** Puts the steps into one round of each loop around the tested step. */
function nest({ loops, loopIds, bodies, top, testedId }: Nest) {
  const origins: [string, string][] = []
  const write = (written: readonly Written[], base: string, depth: number): Step[] => {
    for (const [index, { origin }] of written.entries()) {
      if (origin !== undefined) origins.push([`${base}/${index}`, origin])
    }
    const steps = written.map(({ step }) => step)
    const loop = loops[depth]
    if (loop === undefined) return steps
    const inside = write(bodies[depth] ?? [], `${base}/${written.length}/steps`, depth + 1)
    return [...steps, oneRound(loop, loopIds[depth] ?? '', inside, testedId)]
  }
  return { steps: write(top, '/steps', 0), origins }
}

function oneRound(loop: Step, id: string, steps: readonly Step[], testedId: string): Step {
  if (loop.type === 'forEach') return { id, type: 'forEach', items: firstOf(loop), steps }
  return { id, type: 'while', condition: `steps.${testedId} == null`, max: 1, steps }
}

function firstOf({ items }: ForEachStep): JsonValue {
  if (Array.isArray(items)) return items.slice(0, 1)
  if (typeof items !== 'string') return items
  const [, braced] = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(items) ?? []
  return `{{ (${braced ?? items}).slice(0, 1) }}`
}

/** Ids that no step of the draft has. */
class Names {
  private readonly taken: Set<string>

  constructor(places: ReadonlyMap<string, unknown>) {
    this.taken = new Set(places.keys())
  }

  fresh(word: string): string {
    let id = `test_${word}`
    for (let n = 2; this.taken.has(id); n++) id = `test_${word}_${n}`
    this.taken.add(id)
    return id
  }
}
