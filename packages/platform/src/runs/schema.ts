import { ERROR_KINDS, type ErrorKind, RUN_STATUSES, STEP_STATUSES } from '@inlay/engine'
import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

const errorSchema = z.object({
  // Object.keys loses the key type that ERROR_KINDS has.
  kind: z.enum(Object.keys(ERROR_KINDS) as [ErrorKind, ...ErrorKind[]]),
  title: z.string(),
  detail: z.string().optional(),
  stepPath: z.string().optional(),
  retryable: z.boolean(),
  retryAfterMs: z.number().optional(),
  data: anyJson.optional(),
})

export const runSummarySchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  customerId: z.string(),
  versionId: z.string(),
  /** Null for a test run of a draft. */
  versionNumber: z.number().nullable(),
  mode: z.enum(['live', 'test']),
  status: z.enum(RUN_STATUSES),
  error: errorSchema.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  wakeAt: instant.nullable(),
  durationMs: z.number().nullable(),
  /** On the dead-letter list: the processes that executed it kept dying. */
  dead: z.boolean(),
  /** The run that this one was made from, by rerun or fork. */
  originRunId: z.string().nullable(),
})
export type RunSummary = z.infer<typeof runSummarySchema>

export const runSchema = runSummarySchema.extend({
  trigger: anyJson,
  output: anyJson.nullable(),
  /** The step of another run that called this one. */
  parent: z.object({ runId: z.string(), stepPath: z.string(), iteration: z.string() }).nullable(),
})
export type Run = z.infer<typeof runSchema>

export const stepSchema = z.object({
  stepPath: z.string(),
  stepId: z.string(),
  iteration: z.string(),
  type: z.string(),
  status: z.enum(STEP_STATUSES),
  attempt: z.number(),
  input: anyJson.nullable(),
  output: anyJson.nullable(),
  /** Size of an output that is too large to be shown here; `output` is then null. */
  outputBytes: z.number().nullable(),
  /** The run that a `call` step has started; null for other steps, and when it started none. */
  childRunId: z.string().nullable(),
  error: errorSchema.nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  durationMs: z.number().nullable(),
  wakeAt: instant.nullable(),
})
export type StepRun = z.infer<typeof stepSchema>

/** A line that a step has logged. */
export const logLineSchema = z.object({
  at: instant,
  /** 1 for the first. */
  attempt: z.number(),
  /** `cut`: more was logged, and is not kept. */
  level: z.enum(['info', 'warn', 'cut']),
  message: z.string(),
  data: anyJson.nullable(),
})
/** A line that a step has logged. */
export type LogLine = z.infer<typeof logLineSchema>

/** Whether a fork can go on with the newest version; ids of the steps before it that keep it from that. */
export const forkCheckSchema = z.object({
  isNewest: z.boolean(),
  isPossible: z.boolean(),
  changed: z.array(z.string()),
  added: z.array(z.string()),
  removed: z.array(z.string()),
  hasOtherSettings: z.boolean(),
})

export const historyEntrySchema = z.object({
  at: instant,
  /** To the run: such as `created` or `suspended`; to a step: its status. */
  what: z.string(),
  /** Null for the run itself. */
  step: z.object({ stepPath: z.string(), iteration: z.string(), type: z.string(), attempt: z.number() }).nullable(),
  detail: anyJson.nullable(),
})
export type HistoryItem = z.infer<typeof historyEntrySchema>
