import { z } from 'zod'
import { pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { APPROVAL_STATES, approvalSchema, DECISIONS } from './schema.js'

const id = z.string().max(100)
/** Holds the path of a step, which may be long. */
const approvalId = z.string().max(3000)
const tags = ['Approvals']

export const approvalsRouter = router({
  list: procedure
    .meta({
      permission: 'approvals:read',
      openapi: { method: 'GET', path: '/approvals', tags, summary: 'List approvals' },
    })
    .input(
      z.strictObject({
        cursor: z.string().max(3000).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(25),
        state: z.enum(APPROVAL_STATES).default('open'),
        customerId: id.optional(),
        runId: id.optional(),
      }),
    )
    .output(pageOf(approvalSchema))
    .query(({ ctx, input }) => ctx.services.approvals.list(ctx.caller.scope, input)),
  decide: procedure
    .meta({
      permission: 'approvals:decide',
      openapi: { method: 'POST', path: '/approvals/{id}/decide', tags, summary: 'Approve or reject' },
    })
    .input(z.strictObject({ id: approvalId, decision: z.enum(DECISIONS), comment: z.string().max(2000).optional() }))
    .output(z.object({ id: z.string(), decision: z.enum(DECISIONS) }))
    .mutation(async ({ ctx, input: { id: approval, ...request } }) => {
      await ctx.services.approvals.decide(ctx.caller, approval, request)
      return { id: approval, decision: request.decision }
    }),
})
