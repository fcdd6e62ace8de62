import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { issueSchema } from '../workflows/schema.js'

export const draftedWorkflowSchema = z.object({
  name: z.string(),
  /** For the person: what it does, and what was assumed. */
  explanation: z.string(),
  definition: anyJson,
  /** What is still to be filled in or mended before it can be published. */
  issues: z.array(issueSchema),
})
/** A proposal: nothing of it is stored. */
export type DraftedWorkflow = z.infer<typeof draftedWorkflowSchema>
