import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'
import { automationSchema } from './automation-schema.js'

const id = z.string().max(100)
const tags = ['Automations']

export const automationsRouter = router({
  list: procedure
    .meta({
      permission: 'workflows:read',
      openapi: { method: 'GET', path: '/automations', tags, summary: 'Automations that a customer can switch on' },
    })
    .input(z.strictObject({ customerId: id }))
    .output(z.object({ data: z.array(automationSchema), nextCursor: z.null() }))
    .query(async ({ ctx, input }) => ({
      data: await ctx.services.automations.list(ctx.caller.scope, input.customerId),
      nextCursor: null,
    })),
  configure: procedure
    .meta({
      permission: 'workflows:publish',
      openapi: {
        method: 'PUT',
        path: '/automations/{id}',
        tags,
        summary: 'Set an automation, switch it on or off',
        description: 'What is on is published with its new settings at once. Switching off keeps the settings.',
      },
    })
    .input(
      z.strictObject({
        id,
        customerId: id,
        values: z.record(z.string().max(200), anyJson).optional(),
        connections: z.record(id, id.nullable()).optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .output(automationSchema)
    .mutation(({ ctx, input: { id: automation, ...change } }) =>
      ctx.services.automations.configure(ctx.caller.scope, automation, { ...change, publishedBy: ctx.caller.id }),
    ),
})
