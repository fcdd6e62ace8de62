import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { connectionSchema, connectionUsageSchema } from './schema.js'

const id = z.string().max(100)
const name = z.string().trim().min(1).max(200)
const values = z.record(z.string(), anyJson)

export const connectionsRouter = router({
  list: procedure
    .meta({
      permission: 'connections:read',
      openapi: { method: 'GET', path: '/connections', tags: ['Connections'], summary: 'List connections' },
    })
    .input(z.strictObject({ ...pageInput, customerId: id.optional(), connector: id.optional() }))
    .output(pageOf(connectionSchema))
    .query(({ ctx, input }) => ctx.services.connections.list(ctx.caller.scope, input)),
  usage: procedure
    .meta({
      permission: 'connections:read',
      openapi: {
        method: 'GET',
        path: '/connections/usage',
        tags: ['Connections'],
        summary: 'Which workflows work with which connections',
      },
    })
    .input(z.strictObject({ customerId: id }))
    .output(z.object({ data: z.array(connectionUsageSchema), nextCursor: z.null() }))
    .query(async ({ ctx, input }) => ({
      data: await ctx.services.connections.usage(ctx.caller.scope, input.customerId),
      nextCursor: null,
    })),
  get: procedure
    .meta({
      permission: 'connections:read',
      openapi: { method: 'GET', path: '/connections/{id}', tags: ['Connections'], summary: 'One connection' },
    })
    .input(z.strictObject({ id }))
    .output(connectionSchema)
    .query(({ ctx, input }) => ctx.services.connections.get(ctx.caller.scope, input.id)),
  create: procedure
    .meta({
      permission: 'connections:write',
      openapi: { method: 'POST', path: '/connections', tags: ['Connections'], summary: 'Connect an account' },
    })
    .input(z.strictObject({ customerId: id, connector: id, method: id.optional(), name, values: values.default({}) }))
    .output(connectionSchema)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.catalog.settings.requireEnabled(ctx.caller.scope, input.connector)
      return ctx.services.connections.create(ctx.caller.scope, input)
    }),
  update: procedure
    .meta({
      permission: 'connections:write',
      openapi: { method: 'PATCH', path: '/connections/{id}', tags: ['Connections'], summary: 'Change a connection' },
    })
    .input(z.strictObject({ id, name: name.optional(), values: values.optional() }))
    .output(connectionSchema)
    .mutation(({ ctx, input: { id: connectionId, ...changes } }) =>
      ctx.services.connections.update(ctx.caller.scope, connectionId, changes),
    ),
  test: procedure
    .meta({
      permission: 'connections:write',
      openapi: { method: 'POST', path: '/connections/{id}/test', tags: ['Connections'], summary: 'Test a connection' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({ ok: z.boolean(), detail: z.string().nullable() }))
    .mutation(({ ctx, input }) => ctx.services.connections.test(ctx.caller.scope, input.id)),
  delete: procedure
    .meta({
      permission: 'connections:write',
      openapi: { method: 'DELETE', path: '/connections/{id}', tags: ['Connections'], summary: 'Delete a connection' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.connections.delete(ctx.caller.scope, input.id)
      return {}
    }),
})
