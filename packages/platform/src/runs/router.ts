import { RUN_STATUSES } from '@inlay/engine'
import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { runSchema, runSummarySchema, stepSchema } from './schema.js'

const id = z.string().max(100)
const tags = ['Runs']

export const runsRouter = router({
  start: procedure
    .meta({
      permission: 'runs:start',
      openapi: {
        method: 'POST',
        path: '/workflows/{workflowId}/runs',
        tags,
        summary: 'Start a run',
        successDescription: 'Accepted',
      },
    })
    .input(
      z.strictObject({
        workflowId: id,
        input: anyJson.default({}),
        wait: z.coerce.number().int().min(0).max(60).default(0),
      }),
    )
    .output(runSchema)
    .mutation(({ ctx, input: { wait, ...start }, signal }) =>
      ctx.services.runs.start(ctx.caller.scope, {
        ...start,
        waitSeconds: wait,
        idempotencyKey: ctx.idempotencyKey,
        callerId: ctx.caller.id,
        signal,
      }),
    ),
  list: procedure
    .meta({ permission: 'runs:read', openapi: { method: 'GET', path: '/runs', tags, summary: 'List runs' } })
    .input(
      z.strictObject({
        ...pageInput,
        workflowId: id.optional(),
        customerId: id.optional(),
        status: z.enum(RUN_STATUSES).optional(),
      }),
    )
    .output(pageOf(runSummarySchema))
    .query(({ ctx, input }) => ctx.services.runs.list(ctx.caller.scope, input)),
  get: procedure
    .meta({ permission: 'runs:read', openapi: { method: 'GET', path: '/runs/{id}', tags, summary: 'One run' } })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .query(({ ctx, input }) => ctx.services.runs.get(ctx.caller.scope, input.id)),
  steps: procedure
    .meta({
      permission: 'runs:read',
      openapi: { method: 'GET', path: '/runs/{id}/steps', tags, summary: 'Steps of a run' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({ data: z.array(stepSchema), nextCursor: z.null() }))
    .query(async ({ ctx, input }) => ({
      data: await ctx.services.runs.steps(ctx.caller.scope, input.id),
      nextCursor: null,
    })),
  cancel: procedure
    .meta({
      permission: 'runs:cancel',
      openapi: { method: 'POST', path: '/runs/{id}/cancel', tags, summary: 'Cancel a run' },
    })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.cancel(ctx.caller.scope, input.id)),
  rerun: procedure
    .meta({
      permission: 'runs:rerun',
      openapi: { method: 'POST', path: '/runs/{id}/rerun', tags, summary: 'Run again with the same input' },
    })
    .input(z.strictObject({ id }))
    .output(runSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.rerun(ctx.caller.scope, input.id)),
  watch: procedure
    .meta({ permission: 'runs:read' })
    .input(z.strictObject({ runId: id }))
    .subscription(({ ctx, input, signal }) =>
      ctx.services.runs.watch(ctx.caller.scope, input.runId, signal ?? new AbortController().signal),
    ),
  watchList: procedure
    .meta({ permission: 'runs:read' })
    .input(z.strictObject({ workflowId: id }))
    .subscription(({ ctx, input, signal }) =>
      ctx.services.runs.watchList(ctx.caller.scope, input.workflowId, signal ?? new AbortController().signal),
    ),
})
