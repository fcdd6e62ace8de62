import { createHash } from 'node:crypto'
import { parseDuration } from '../contracts/duration.js'
import { BugError, isInlayError, StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { ConcurrencyPolicy, RatePolicy, WorkflowDefinition } from '../contracts/workflow.js'
import { type CompiledTemplate, compileTemplate } from '../expression/index.js'
import type { NewRun, RunSlot } from '../ports/journal.js'

/** The fields of a definition that decide how its runs start. */
export type PolicyName = 'concurrency' | 'rateLimit' | 'throttle' | 'debounce' | 'batchEvents'

/** What a definition says about the start of its runs, ready to be applied. */
export interface AdmissionPolicies {
  readonly priority: number
  readonly concurrency: (Keyed & Required<Pick<ConcurrencyPolicy, 'limit' | 'onConflict'>>) | undefined
  readonly rateLimit: KeyedRate | undefined
  readonly throttle: KeyedRate | undefined
  readonly gather: KeyedGather | undefined
}

interface Keyed {
  readonly name: PolicyName
  readonly template: CompiledTemplate | undefined
}

export interface KeyedRate extends Keyed {
  readonly limit: number
  readonly periodMs: number
}

export type KeyedGather = Keyed &
  (
    | { readonly kind: 'last'; readonly quietMs: number; readonly maxMs: number | undefined }
    | { readonly kind: 'all'; readonly maxItems: number; readonly maxMs: number }
  )

/** The policies of a definition that compiles; undefined when it has none. */
export function policiesOf(definition: WorkflowDefinition): AdmissionPolicies | undefined {
  const { concurrency, rateLimit, throttle, debounce, batchEvents, priority = 0 } = definition
  const isAny = concurrency ?? rateLimit ?? throttle ?? debounce ?? batchEvents
  if (isAny === undefined && priority === 0) return undefined
  return {
    priority,
    concurrency: concurrency && {
      ...keyed('concurrency', concurrency.key),
      limit: concurrency.limit,
      onConflict: concurrency.onConflict ?? 'queue',
    },
    rateLimit: rateLimit && rateOf('rateLimit', rateLimit),
    throttle: throttle && rateOf('throttle', throttle),
    gather: gatherOf(definition),
  }
}

function gatherOf({ debounce, batchEvents }: WorkflowDefinition): KeyedGather | undefined {
  if (debounce !== undefined) {
    const maxMs = debounce.timeout === undefined ? undefined : ms(debounce.timeout)
    return { ...keyed('debounce', debounce.key), kind: 'last', quietMs: ms(debounce.period), maxMs }
  }
  if (batchEvents === undefined) return undefined
  const { key, maxSize, timeout } = batchEvents
  return { ...keyed('batchEvents', key), kind: 'all', maxItems: maxSize, maxMs: ms(timeout) }
}

function rateOf(name: PolicyName, { key, limit, period }: RatePolicy): KeyedRate {
  return { ...keyed(name, key), limit, periodMs: ms(period) }
}

function keyed(name: PolicyName, key: string | undefined): Keyed {
  if (key === undefined) return { name, template: undefined }
  const compiled = compileTemplate(key)
  if (!compiled.ok) throw new BugError(`The key of "${name}" does not compile, though its definition does.`)
  return { name, template: compiled.template }
}

function ms(duration: string): number {
  const parsed = parseDuration(duration)
  if (parsed === undefined) throw new BugError(`"${duration}" is no duration, though its definition compiles.`)
  return parsed
}

/** What keys are computed from. */
export type KeySight = Pick<NewRun, 'tenantId' | 'customerId' | 'workflowId' | 'trigger'>

/**
 * What sets the starts apart that a policy counts together. Unique within the tenant.
 *
 * @throws StepError naming the policy, when its key cannot be computed from this trigger
 */
export function keyOf(policy: Keyed, sight: KeySight): string {
  const { workflowId } = sight
  // Runs of a workflow that has both policies must not share a slot and a rate by accident.
  const prefix = policy.name === 'concurrency' ? `wf:${workflowId}` : `${policy.name}:${workflowId}`
  if (policy.template === undefined) return prefix
  const text = evaluate(policy, policy.template, sight)
  const key = `${prefix}:${text}`
  // Stores keep short keys without control characters; others are as good by their hash.
  return isStorable(key) ? key : `${prefix}:sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** @throws StepError as `keyOf` */
export function slotOf(policies: AdmissionPolicies, sight: KeySight): RunSlot | undefined {
  const { concurrency } = policies
  if (concurrency === undefined) return undefined
  return { key: keyOf(concurrency, sight), limit: concurrency.limit, onConflict: concurrency.onConflict }
}

/** What a run has that has not begun. */
const NOTHING_YET = { steps: {}, vars: {}, run: {} }

function evaluate({ name }: Keyed, template: CompiledTemplate, sight: KeySight): string {
  const { tenantId, customerId, trigger } = sight
  try {
    const seen = { trigger, customer: { id: customerId }, tenant: { id: tenantId } }
    return asText(template.evaluate({ ...NOTHING_YET, ...seen }))
  } catch (error) {
    if (!isInlayError(error)) throw error
    const detail = [error.message, error.detail].filter((part) => part !== undefined).join('. ')
    const title = `The key of the policy "${name}" could not be computed from the trigger`
    throw new StepError('expression', title, { detail, cause: error })
  }
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const MAX_KEY_LENGTH = 255
const LAST_CONTROL_CODE = 0x1f

function isStorable(key: string): boolean {
  return key.length <= MAX_KEY_LENGTH && [...key].every((character) => character.charCodeAt(0) > LAST_CONTROL_CODE)
}
