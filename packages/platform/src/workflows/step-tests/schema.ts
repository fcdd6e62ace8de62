import { ERROR_KINDS, type ErrorKind } from '@inlay/engine'
import { z } from 'zod'
import { anyJson, instant } from '../../api/json.js'
import { TEST_EFFECTS } from './rehearsal.js'

// Object.keys loses the key type that ERROR_KINDS has.
const KINDS = Object.keys(ERROR_KINDS) as ErrorKind[]

export const stepTestSchema = z.object({
  stepId: z.string(),
  /** `unfinished`: it waits for an answer from outside, and a test does not. `unreached`: the list around it is empty. */
  status: z.enum(['succeeded', 'failed', 'unfinished', 'unreached']),
  /** Whether it really did what it does. */
  effect: z.enum(TEST_EFFECTS),
  /** What the step's own condition says with this data; null when it has none or it cannot be told. */
  isConditionMet: z.boolean().nullable(),
  input: anyJson.nullable(),
  output: anyJson.nullable(),
  error: z
    .object({
      kind: z.enum(KINDS),
      title: z.string(),
      detail: z.string().optional(),
      data: anyJson.optional(),
      retryable: z.boolean(),
    })
    .nullable(),
  durationMs: z.number(),
  log: z.array(z.object({ level: z.enum(['info', 'warn']), message: z.string(), data: anyJson.optional() })),
  /** Whether steps after it see its output as sample data from now on. */
  isKept: z.boolean(),
})
export type StepTest = z.infer<typeof stepTestSchema>

export const pinSchema = z.object({ stepId: z.string(), value: anyJson, pinnedAt: instant })
export type Pin = z.infer<typeof pinSchema>
