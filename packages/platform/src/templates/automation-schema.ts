import { RUN_STATUSES } from '@inlay/engine'
import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

/** An account that an automation works with. */
const automationAccountSchema = z.object({
  connector: z.string(),
  /** Whether the automation cannot be switched on without it. */
  isRequired: z.boolean(),
  connectionId: z.string().nullable(),
})

/** A template with settings, and what one customer has made of it. */
export const automationSchema = z.object({
  /** The template's. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** JSON Schema of the values that the customer sets. */
  settings: anyJson,
  values: z.record(z.string(), anyJson),
  accounts: z.array(automationAccountSchema),
  enabled: z.boolean(),
  /** Null until the customer has set or switched anything. */
  workflowId: z.string().nullable(),
  lastRun: z.object({ id: z.string(), status: z.enum(RUN_STATUSES), createdAt: instant }).nullable(),
})
/** A template with settings, and what one customer has made of it. */
export type Automation = z.infer<typeof automationSchema>
