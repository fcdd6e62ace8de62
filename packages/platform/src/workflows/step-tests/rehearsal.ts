/** How a step is tested: whether it does what it does, or only shows what it would do. */
import type { JsonObject, JsonValue, Step, StepType, WaitStep } from '@inlay/engine'

/**
 * `called`: it did what it does, outside of here too. `computed`: it was worked out and touched nothing.
 * `shown`: it was not done, only what it would have been given was worked out.
 */
export const TEST_EFFECTS = ['called', 'computed', 'shown'] as const
export type TestEffect = (typeof TEST_EFFECTS)[number]

const EFFECTS: Readonly<Record<StepType, TestEffect>> = {
  action: 'called',
  code: 'computed',
  set: 'computed',
  branch: 'computed',
  split: 'computed',
  forEach: 'shown',
  parallel: 'shown',
  try: 'shown',
  while: 'shown',
  wait: 'shown',
  call: 'shown',
  publish: 'shown',
  respond: 'shown',
  stop: 'shown',
}

export function effectOf({ type }: Step): TestEffect {
  return EFFECTS[type]
}

/**
 * The step as its test runs it: once, without what is inside, and whatever its condition says. What would not end at once,
 * or end something, only works out its fields.
 */
export function rehearsalOf(step: Step): Step {
  const { id, timeout } = step
  const limits = timeout === undefined ? {} : { timeout }
  switch (step.type) {
    case 'action':
    case 'code': {
      const { if: _if, retry: _retry, onError: _onError, compensate: _compensate, note: _note, ...own } = step
      return { ...own, ...limits, retry: { maxAttempts: 1 } }
    }
    case 'set':
      return { id, type: 'set', values: step.values }
    case 'branch':
      return { id, type: 'branch', cases: step.cases.map((each) => ({ ...each, steps: [] })), else: [] }
    case 'split': {
      const variants = step.variants.map((each) => ({ ...each, steps: [] }))
      return { id, type: 'split', variants, ...(step.key === undefined ? {} : { key: step.key }) }
    }
    case 'forEach':
      return { id, type: 'set', values: { items: listItems(step.items) } }
    default:
      return { id, type: 'set', values: shownFields(step) }
  }
}

function listItems(items: JsonValue): JsonValue {
  return typeof items === 'string' && !items.includes('{{') ? `{{ ${items} }}` : items
}

/** The fields of a step that is not done, to be worked out. */
function shownFields(step: Step): JsonObject {
  switch (step.type) {
    case 'while':
      return { isMet: step.condition.includes('{{') ? step.condition : `{{ ${step.condition} }}` }
    case 'wait':
      return waitFields(step)
    case 'call':
      return { input: step.input ?? {} }
    case 'publish':
      return { event: step.event, payload: step.payload ?? {} }
    case 'respond':
      return { status: step.status ?? 200, headers: step.headers ?? {}, body: step.body ?? null }
    case 'stop':
      return { outcome: step.outcome, message: step.message ?? '', output: step.output ?? null }
    default:
      return {}
  }
}

function waitFields({ for: duration, until, event, approval, callback }: WaitStep): JsonObject {
  if (event !== undefined) return { event: event.name, match: event.match ?? {} }
  if (approval !== undefined) {
    return { title: approval.title, message: approval.message ?? '', assignees: approval.assignees ?? [] }
  }
  if (callback !== undefined) return { timeout: callback.timeout }
  return until === undefined ? { for: duration ?? '' } : { until }
}

/** What steps after a wait find, had it ended well: there is nothing yet to show in its place. */
export function waitOutput({ event, approval, callback }: WaitStep, fields: JsonObject): JsonValue {
  if (event !== undefined) return { event: null, timedOut: false }
  if (approval !== undefined) return { approved: true, by: null, comment: null, timedOut: false }
  if (callback !== undefined) return { body: null, timedOut: false }
  return { until: fields['until'] ?? null }
}
