import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'
import { connectorSchema } from './schema.js'

const optionSchema = z.object({ value: anyJson, label: z.string(), description: z.string().optional() })
const optionsPageSchema = z.object({ options: z.array(optionSchema), nextCursor: z.string().nullable() })

const id = z.string().max(100)

export const connectorsRouter = router({
  list: procedure
    .meta({
      permission: 'connectors:read',
      openapi: { method: 'GET', path: '/connectors', tags: ['Connectors'], summary: 'List connectors' },
    })
    .input(z.strictObject({}))
    .output(z.object({ data: z.array(connectorSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ data: await ctx.services.catalog.list(), nextCursor: null })),
  get: procedure
    .meta({
      permission: 'connectors:read',
      openapi: { method: 'GET', path: '/connectors/{id}', tags: ['Connectors'], summary: 'One connector' },
    })
    .input(z.strictObject({ id }))
    .output(connectorSchema)
    .query(({ ctx, input }) => ctx.services.catalog.get(input.id)),
  options: procedure
    .meta({
      permission: 'connectors:read',
      openapi: {
        method: 'POST',
        path: '/connectors/{connector}/options',
        tags: ['Connectors'],
        summary: 'Choices for a field',
      },
    })
    .input(
      z.strictObject({
        connector: id,
        action: id,
        field: id,
        connectionId: id.optional(),
        input: z.record(z.string(), anyJson).default({}),
        search: z.string().max(200).default(''),
      }),
    )
    .output(optionsPageSchema)
    .mutation(async ({ ctx, input }) => {
      const { options, nextCursor = null } = await ctx.services.catalog.options(ctx.caller.scope, input)
      return { options: [...options], nextCursor }
    }),
})
