import { STEP_TYPES } from '@inlay/engine'
import { z } from 'zod'

const connectorIds = z.array(z.string().min(1).max(100)).max(2_000)

const rules = {
  /** Types of steps that are offered. Null: all. */
  stepTypes: z.array(z.enum(STEP_TYPES)).nullable(),
  /** Steps of one workflow, those in branches included. Null: as many as the engine takes. */
  maxSteps: z.number().int().min(1).max(10_000).nullable(),
  /** Workflows of one customer. Null: any number. */
  maxWorkflows: z.number().int().min(0).max(100_000).nullable(),
  /** Whether `code` steps are offered; false wins over `stepTypes`. */
  allowCode: z.boolean(),
  /** Connectors that are offered: those of `allow`, or all, without those of `deny`. */
  connectors: z.strictObject({ allow: connectorIds.optional(), deny: connectorIds.optional() }),
  /** New workflows are made of templates only. */
  templatesOnly: z.boolean(),
  /** Schedules do not fire more often than this, in minutes. Null: as often as they say. */
  minScheduleMinutes: z.number().int().min(1).max(525_600).nullable(),
}

/** What a customer's builder offers. */
export const guardrailsSchema = z.strictObject(rules)
/** What a customer's builder offers. */
export type Guardrails = z.output<typeof guardrailsSchema>

/** What is said of single rules; the others are as they would be without. */
export const guardrailChangesSchema = guardrailsSchema.partial()
/** What is said of single rules. */
export type GuardrailChanges = z.output<typeof guardrailChangesSchema>

/** Nothing is held back. */
export const NO_GUARDRAILS: Guardrails = {
  stepTypes: null,
  maxSteps: null,
  maxWorkflows: null,
  allowCode: true,
  connectors: {},
  templatesOnly: false,
  minScheduleMinutes: null,
}

/** Rules with others over them. */
export function withChanges(base: Guardrails, changes: GuardrailChanges): Guardrails {
  return guardrailsSchema.parse({ ...base, ...changes })
}
