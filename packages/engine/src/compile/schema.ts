import { z } from 'zod'
import { ERROR_KINDS, type ErrorKind } from '../contracts/errors.js'
import { type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '../contracts/workflow.js'
import { STEP_KINDS } from '../step-kinds/registry.js'
import { durationText, jsonObject } from './json-schema.js'

/** Most steps on one level; the whole definition is bounded by `MAX_STEPS` in the compiler. */
const MAX_STEPS_PER_LEVEL = 500

/** Longest note on a step, in characters. */
const MAX_NOTE_LENGTH = 2000

const steps: z.ZodType<readonly Step[]> = z.lazy(() => z.array(step).max(MAX_STEPS_PER_LEVEL))

const retryPolicy = z.strictObject({
  maxAttempts: z.int().min(1).max(100),
  initialInterval: durationText.exactOptional(),
  backoffCoefficient: z.number().min(1).max(10).exactOptional(),
  maxInterval: durationText.exactOptional(),
  // Object.keys loses the key type that ERROR_KINDS has.
  nonRetryableErrors: z.array(z.enum(Object.keys(ERROR_KINDS) as [ErrorKind, ...ErrorKind[]])).exactOptional(),
})

const common = {
  // Lazy, since a compensation is a step itself.
  compensate: z.lazy(() => step).exactOptional(),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .max(64),
  name: z.string().max(200).exactOptional(),
  note: z.string().max(MAX_NOTE_LENGTH).exactOptional(),
  if: z.string().max(16_384).exactOptional(),
  retry: retryPolicy.exactOptional(),
  timeout: durationText.exactOptional(),
  onError: z.union([z.enum(['fail', 'continue']), z.strictObject({ fallback: steps })]).exactOptional(),
}

const step = z.discriminatedUnion(
  'type',
  // One member per kind: zod wants to see a tuple, and cannot see through the shapes that the kinds hand in.
  Object.values(STEP_KINDS).map((kind) => z.strictObject({ ...common, ...kind.schema(steps) })) as never,
) as unknown as z.ZodType<Step>

const trigger = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('webhook') }),
  z.strictObject({
    type: z.literal('schedule'),
    cron: z.string().max(200).exactOptional(),
    timeZone: z.string().max(100).exactOptional(),
    every: durationText.exactOptional(),
  }),
  z.strictObject({
    type: z.literal('event'),
    name: z.string().min(1).max(200),
    filter: z.string().max(16_384).exactOptional(),
  }),
  z.strictObject({
    type: z.literal('connector'),
    connector: z.string().min(1).max(100),
    version: z.string().max(50).exactOptional(),
    trigger: z.string().min(1).max(100),
    connection: z.string().min(1).max(100).exactOptional(),
    input: jsonObject,
  }),
  z.strictObject({ type: z.literal('manual') }),
])

const policyKey = z.string().max(16_384).exactOptional()

const rate = z.strictObject({ key: policyKey, limit: z.int().min(1).max(1_000_000), period: durationText })

const policies = {
  concurrency: z
    .strictObject({
      key: policyKey,
      limit: z.int().min(1).max(1000),
      onConflict: z.enum(['queue', 'skip', 'cancelOldest']).exactOptional(),
    })
    .exactOptional(),
  debounce: z
    .strictObject({ key: policyKey, period: durationText, timeout: durationText.exactOptional() })
    .exactOptional(),
  batchEvents: z
    .strictObject({ key: policyKey, maxSize: z.int().min(2).max(1000), timeout: durationText })
    .exactOptional(),
  rateLimit: rate.exactOptional(),
  throttle: rate.exactOptional(),
  priority: z.int().min(-600).max(600).exactOptional(),
}

/** The schema of a definition: the only source of its shape. What a schema cannot say, the compiler checks. */
export const workflowSchema: z.ZodType<WorkflowDefinition> = z.strictObject({
  schema: z.literal(WORKFLOW_SCHEMA),
  name: z.string().min(1).max(200),
  trigger,
  steps,
  vars: jsonObject.exactOptional(),
  timeout: durationText.exactOptional(),
  ...policies,
})

/** The same as a JSON Schema document (draft 2020-12), for editors and documentation. */
export function workflowJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(workflowSchema, { io: 'input' }) }
}
