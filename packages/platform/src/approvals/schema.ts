import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

export const approvalSchema = z.object({
  id: z.string(),
  runId: z.string(),
  stepPath: z.string(),
  iteration: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  customerId: z.string(),
  title: z.string(),
  message: z.string(),
  /** As the workflow says: a text or a list of texts, such as e-mail addresses, ids or `role:admin`. */
  assignees: anyJson,
  openedAt: instant,
  /** When the decision is made without a person. */
  deadline: instant.nullable(),
})
export type Approval = z.infer<typeof approvalSchema>

export const DECISIONS = ['approve', 'reject'] as const
export type Decision = (typeof DECISIONS)[number]
