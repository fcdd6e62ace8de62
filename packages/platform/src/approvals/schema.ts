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
  /** Null while it is open. */
  decision: z
    .object({
      /** Null: nobody decided in time. */
      approved: z.boolean().nullable(),
      by: z.string().nullable(),
      comment: z.string().nullable(),
      at: instant,
    })
    .nullable(),
})
export type Approval = z.infer<typeof approvalSchema>

export const DECISIONS = ['approve', 'reject'] as const
export type Decision = (typeof DECISIONS)[number]

/** Which approvals a list holds. */
export const APPROVAL_STATES = ['open', 'decided'] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]
