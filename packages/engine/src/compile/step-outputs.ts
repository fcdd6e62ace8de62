import { ERROR_KINDS } from '../contracts/errors.js'
import { isJsonObject, type JsonValue } from '../contracts/json.js'
import type { ActionStep, ConnectorTriggerStart, ForEachStep, Step, Trigger, WaitStep } from '../contracts/workflow.js'
import { pathOf, type Reference } from '../expression/index.js'
import {
  DATE_TIME,
  type DataShape,
  itemOf,
  listOf,
  NOTHING,
  objectOf,
  oneOf,
  orNull,
  shapeOf,
  TEXT,
  UNKNOWN,
  WHOLE_NUMBER,
  YES_OR_NO,
} from './data-shape.js'

/** What is asked while the outputs of steps are worked out. */
export interface OutputContext {
  /** What a reference finds where the step stands. */
  lookUp(reference: Reference): DataShape
  /** What an earlier or inner step gives; unknown ids give nothing known. */
  outputOf(stepId: string | undefined): DataShape
  /** What the action of a step gives, when its connector says so. */
  actionOutput(step: ActionStep): DataShape | undefined
}

/** An error as steps after a failure see it. */
const ERROR_SHAPE: DataShape = objectOf({
  kind: { schema: { enum: Object.keys(ERROR_KINDS) }, sample: 'rejected' },
  title: TEXT,
  detail: TEXT,
  stepPath: TEXT,
  retryable: YES_OR_NO,
  data: UNKNOWN,
})

/** An output in whose place there may be an error. */
export function orError(output: DataShape): DataShape {
  const { type, properties } = output.schema
  if (type !== 'object')
    return { ...output, schema: { anyOf: [output.schema, objectOf({ error: ERROR_SHAPE }).schema] } }
  const fields = isJsonObject(properties) ? properties : {}
  const { required: _, ...schema } = output.schema
  return { ...output, schema: { ...schema, properties: { ...fields, error: ERROR_SHAPE.schema } } }
}

/** What a step gives to those after it. */
export function stepOutput(step: Step, context: OutputContext): DataShape {
  switch (step.type) {
    case 'action':
      return context.actionOutput(step) ?? UNKNOWN
    case 'set':
      return templateShape(step.values, context)
    case 'branch':
      return objectOf({ case: oneOf([...step.cases.map(({ name }, index) => name ?? index), 'else']) })
    case 'split':
      return objectOf({ variant: oneOf(step.variants.map(({ name }) => name)) })
    case 'parallel': {
      const outputs = Object.entries(step.branches).map(([name, steps]) => [name, lastOutput(steps, context)] as const)
      if (step.join !== 'any') return objectOf(Object.fromEntries(outputs))
      const output = { schema: { anyOf: outputs.map(([, { schema }]) => schema) } }
      return objectOf({ winner: oneOf(outputs.map(([name]) => name)), output })
    }
    case 'forEach':
      return listOf(itemResult(step, context))
    case 'while':
      return objectOf({ rounds: WHOLE_NUMBER, last: orNull(lastOutput(step.steps, context)) })
    case 'try':
      return objectOf({ error: orNull(ERROR_SHAPE), result: lastOutput(step.steps, context) })
    case 'wait':
      return waitOutput(step)
    case 'call':
      return objectOf(step.wait === false ? { runId: TEXT } : { runId: TEXT, output: UNKNOWN })
    case 'publish':
      return objectOf({ eventId: TEXT })
    case 'respond':
      return objectOf({ status: WHOLE_NUMBER, headers: MAP, body: templateShape(step.body ?? null, context) })
    case 'code':
    case 'stop':
      return UNKNOWN
  }
}

/** What a step gives to the steps inside it that see it already, such as those after its failure. */
export function innerOutput(step: Step, place: string, context: OutputContext): DataShape {
  if (place === '/onError/fallback' || place === '/catch') return objectOf({ error: ERROR_SHAPE })
  if (step.type !== 'wait' || place !== '/steps') return stepOutput(step, context)
  return objectOf(step.approval === undefined ? { url: URL } : { url: URL, approveUrl: URL, rejectUrl: URL })
}

/** What the items of a loop are. */
export function loopItem({ items }: ForEachStep, context: OutputContext): DataShape {
  if (typeof items !== 'string') return itemOf(templateShape(items, context))
  const path = pathOf(items, true)
  return path === undefined ? UNKNOWN : itemOf(context.lookUp(path))
}

/** What a trigger gives, before policies. @param connectorOutput says what the trigger of a connector gives */
export function triggerOutput(
  trigger: Trigger,
  connectorOutput: (start: ConnectorTriggerStart) => DataShape | undefined,
): DataShape {
  switch (trigger.type) {
    case 'webhook':
      return objectOf({ method: { ...TEXT, sample: 'POST' }, headers: MAP, query: MAP, body: UNKNOWN })
    case 'schedule':
      return objectOf({ scheduledAt: DATE_TIME })
    case 'event':
      return objectOf({ id: TEXT, name: { ...TEXT, sample: trigger.name }, payload: UNKNOWN })
    case 'connector':
      return connectorOutput(trigger) ?? UNKNOWN
    case 'manual':
      return UNKNOWN
  }
}

const MAP: DataShape = { schema: { type: 'object', additionalProperties: {} } }
const URL: DataShape = { schema: { type: 'string', format: 'uri' } }

function lastOutput(steps: readonly Step[], context: OutputContext): DataShape {
  const last = steps.at(-1)
  return last === undefined ? NOTHING : context.outputOf(last.id)
}

function itemResult(step: ForEachStep, context: OutputContext): DataShape {
  const result = lastOutput(step.steps, context)
  if (step.onItemError !== 'collect') return result
  return { ...result, schema: { anyOf: [result.schema, objectOf({ error: ERROR_SHAPE }).schema] } }
}

function waitOutput({ event, approval, callback }: WaitStep): DataShape {
  if (event !== undefined) {
    const received = objectOf({
      id: TEXT,
      name: { ...TEXT, sample: event.name },
      payload: UNKNOWN,
      receivedAt: DATE_TIME,
    })
    return objectOf({ event: orNull(received), timedOut: YES_OR_NO })
  }
  if (approval !== undefined) {
    const person = orNull(objectOf({ kind: TEXT, id: TEXT, name: TEXT }))
    return objectOf({ approved: YES_OR_NO, by: person, comment: orNull(TEXT), timedOut: YES_OR_NO })
  }
  if (callback !== undefined) return objectOf({ body: UNKNOWN, timedOut: YES_OR_NO })
  return objectOf({ until: DATE_TIME })
}

/** The shape of what a value with expressions in it gives. */
function templateShape(value: JsonValue, context: OutputContext): DataShape {
  if (typeof value === 'string') return textShape(value, context)
  if (Array.isArray(value)) {
    const [first, ...others] = value.map((item) => templateShape(item, context))
    if (first === undefined) return shapeOf([])
    const isUniform = others.every(({ schema }) => JSON.stringify(schema) === JSON.stringify(first.schema))
    return isUniform ? listOf(first) : { schema: { type: 'array' } }
  }
  if (!isJsonObject(value)) return shapeOf(value)
  return objectOf(Object.fromEntries(Object.entries(value).map(([key, child]) => [key, templateShape(child, context)])))
}

function textShape(text: string, context: OutputContext): DataShape {
  if (!text.includes('{{')) return shapeOf(text)
  const path = pathOf(text)
  if (path !== undefined) return context.lookUp(path)
  const trimmed = text.trim()
  // One expression gives a value of any kind; one among other text gives text.
  const isOne = trimmed === text && text.startsWith('{{') && text.endsWith('}}') && text.indexOf('{{', 2) < 0
  return isOne ? UNKNOWN : TEXT
}
