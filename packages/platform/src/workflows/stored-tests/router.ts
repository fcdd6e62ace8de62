import { z } from 'zod'
import { anyJson } from '../../api/json.js'
import { procedure, router } from '../../api/trpc.js'
import { expectationSchema, storedTestSchema } from './schema.js'

const id = z.string().max(100)
const name = z.string().trim().min(1).max(200)
const tags = ['Workflow tests']
const all = z.object({ data: z.array(storedTestSchema), nextCursor: z.null() })

export const workflowTestsRouter = router({
  list: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'GET', path: '/workflows/{id}/tests', tags, summary: "List a workflow's tests" },
    })
    .input(z.strictObject({ id }))
    .output(all)
    .query(async ({ ctx, input }) => ({
      data: await ctx.services.storedTests.list(ctx.caller.scope, input.id),
      nextCursor: null,
    })),
  record: procedure
    .meta({
      permission: 'workflows:write',
      openapi: { method: 'POST', path: '/workflows/{id}/tests', tags, summary: 'Make a test of a run' },
    })
    .input(z.strictObject({ id, runId: id, name }))
    .output(storedTestSchema)
    .mutation(({ ctx, input: { id: workflowId, ...request } }) =>
      ctx.services.storedTests.record(ctx.caller.scope, workflowId, request),
    ),
  update: procedure
    .meta({
      permission: 'workflows:write',
      openapi: { method: 'PATCH', path: '/workflow-tests/{id}', tags, summary: 'Change what a test expects' },
    })
    .input(z.strictObject({ id, name: name.optional(), expected: expectationSchema.optional() }))
    .output(storedTestSchema)
    .mutation(({ ctx, input: { id: testId, ...change } }) =>
      ctx.services.storedTests.update(ctx.caller.scope, testId, change),
    ),
  delete: procedure
    .meta({
      permission: 'workflows:write',
      openapi: { method: 'DELETE', path: '/workflow-tests/{id}', tags, summary: 'Delete a test' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.storedTests.delete(ctx.caller.scope, input.id)
      return {}
    }),
  run: procedure
    .meta({
      permission: 'runs:start',
      openapi: { method: 'POST', path: '/workflows/{id}/tests/run', tags, summary: 'Run all tests on the draft' },
    })
    .input(z.strictObject({ id, definition: anyJson.optional() }))
    .output(all)
    .mutation(async ({ ctx, input }) => ({
      data: await ctx.services.storedTests.run(ctx.caller.scope, input.id, input.definition),
      nextCursor: null,
    })),
})
