import { ISSUE_CODES, type IssueCode, RUN_STATUSES } from '@inlay/engine'
import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'
import { connectorTriggerStateSchema } from '../triggers/index.js'

export const issueSchema = z.object({
  // Object.keys loses the key type that ISSUE_CODES has.
  code: z.enum(Object.keys(ISSUE_CODES) as [IssueCode, ...IssueCode[]]),
  pointer: z.string(),
  stepId: z.string().optional(),
  message: z.string(),
  expected: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()).readonly()])).optional(),
  offset: z.number().optional(),
})

export const workflowSummarySchema = z.object({
  id: z.string(),
  customerId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  triggerType: z.string(),
  publishedVersion: z.number().nullable(),
  hasUnpublishedChanges: z.boolean(),
  lastRun: z.object({ id: z.string(), status: z.enum(RUN_STATUSES), createdAt: instant }).nullable(),
  updatedAt: instant,
})
export type WorkflowSummary = z.infer<typeof workflowSummarySchema>

export const workflowSchema = workflowSummarySchema.extend({
  draft: z.object({ definition: anyJson, revision: z.number(), issues: z.array(issueSchema), updatedAt: instant }),
  published: z.object({ id: z.string(), number: z.number(), publishedAt: instant }).nullable(),
  trigger: z.object({
    webhookUrl: z.string().nullable(),
    nextFireAt: instant.nullable(),
    /** Of workflows that a connector's trigger starts. */
    connector: connectorTriggerStateSchema.nullable(),
  }),
})
export type Workflow = z.infer<typeof workflowSchema>

export const versionSummarySchema = z.object({
  id: z.string(),
  number: z.number(),
  publishedAt: instant,
  publishedBy: z.string().nullable(),
})
export const versionSchema = versionSummarySchema.extend({ definition: anyJson })
export type VersionSummary = z.infer<typeof versionSummarySchema>
export type Version = z.infer<typeof versionSchema>
