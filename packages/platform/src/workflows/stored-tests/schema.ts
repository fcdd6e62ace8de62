import { z } from 'zod'
import { anyJson, instant } from '../../api/json.js'

/** Step ids, and names of tests, that one workflow can have. */
export const MAX_TESTS = 50

const stepId = z.string().max(100)

/** What is to come of a test's run. */
export const expectationSchema = z.strictObject({
  status: z.enum(['succeeded', 'failed']),
  /** Ids of the steps that are to run, in any order; all others are not. */
  ran: z.array(stepId).max(1000),
  /** What steps are to give, by id. Steps that are not named may give anything. */
  outputs: z.record(stepId, anyJson),
})
export type Expectation = z.infer<typeof expectationSchema>

const differenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invalid'), message: z.string() }),
  z.object({
    kind: z.literal('status'),
    expected: z.string(),
    actual: z.string(),
    /** Why it failed, and the step that broke it. */
    error: z.object({ title: z.string(), stepId: z.string().nullable() }).nullable(),
  }),
  /** It did not run though it was to, or the other way round. */
  z.object({ kind: z.literal('missing'), stepId: z.string() }),
  z.object({ kind: z.literal('unexpected'), stepId: z.string() }),
  /** It reaches outside and was not there when the test was recorded: nobody knows what it would give. */
  z.object({ kind: z.literal('unknown'), stepId: z.string() }),
  z.object({ kind: z.literal('output'), stepId: z.string(), expected: anyJson, actual: anyJson.nullable() }),
])
export type Difference = z.infer<typeof differenceSchema>

const testResultSchema = z.object({
  outcome: z.enum(['passed', 'failed']),
  differences: z.array(differenceSchema),
  durationMs: z.number(),
  at: instant,
})
export type TestResult = z.infer<typeof testResultSchema>

export const storedTestSchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  name: z.string(),
  input: anyJson,
  /** Ids of the steps that are not run, because what they gave was recorded. */
  recorded: z.array(z.string()),
  expected: expectationSchema,
  lastResult: testResultSchema.nullable(),
  createdAt: instant,
  updatedAt: instant,
})
export type StoredTest = z.infer<typeof storedTestSchema>
