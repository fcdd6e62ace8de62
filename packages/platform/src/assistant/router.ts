import { z } from 'zod'
import { noInput } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'
import { draftedWorkflowSchema } from './schema.js'

const tags = ['Assistant']

export const assistantRouter = router({
  get: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'GET', path: '/assistant', tags, summary: 'Whether workflows can be described in words' },
    })
    .input(noInput)
    .output(z.object({ isAvailable: z.boolean() }))
    .query(({ ctx }) => ({ isAvailable: ctx.services.assistant.isAvailable })),
  draft: procedure
    .meta({
      permission: 'workflows:write',
      limit: 'proposals',
      openapi: { method: 'POST', path: '/assistant/drafts', tags, summary: 'Propose a workflow for a description' },
    })
    .input(z.strictObject({ description: z.string().trim().min(10).max(4_000) }))
    .output(draftedWorkflowSchema)
    .mutation(({ ctx, input }) => ctx.services.assistant.draft(ctx.caller.scope, input.description)),
})
