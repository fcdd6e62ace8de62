import { CONNECTOR_CATEGORIES } from '@inlay/engine'
import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { connectorDetailSchema, offeredConnectorSchema } from './schema.js'

const tags = ['Connectors']
const id = z.string().max(100)
const version = z.string().max(50)

const form = {
  connector: id,
  version: version.optional(),
  /** The action whose form it is; or `trigger`. */
  action: id.optional(),
  trigger: id.optional(),
  connectionId: id.optional(),
  input: z.record(z.string(), anyJson).default({}),
}
const isOneMember = ({ action, trigger }: { action?: string | undefined; trigger?: string | undefined }): boolean =>
  (action === undefined) !== (trigger === undefined)
const ONE_MEMBER = 'Name either an action or a trigger.'
const field = z.string().max(200)

export const connectorsRouter = router({
  list: procedure
    .meta({
      permission: 'connectors:read',
      openapi: { method: 'GET', path: '/connectors', tags, summary: 'List connectors' },
    })
    .input(
      z.strictObject({
        ...pageInput,
        search: z.string().max(200).default(''),
        category: z.enum(CONNECTOR_CATEGORIES).optional(),
      }),
    )
    .output(pageOf(offeredConnectorSchema))
    .query(({ ctx, input }) => ctx.services.catalog.list(ctx.caller.scope, input)),
  get: procedure
    .meta({
      permission: 'connectors:read',
      openapi: { method: 'GET', path: '/connectors/{id}', tags, summary: 'One connector' },
    })
    .input(z.strictObject({ id, version: version.optional() }))
    .output(connectorDetailSchema)
    .query(({ ctx, input }) => ctx.services.catalog.get(ctx.caller.scope, input.id, input.version)),
  options: procedure
    .meta({
      permission: 'connectors:read',
      openapi: { method: 'POST', path: '/connectors/{connector}/options', tags, summary: 'Choices for a field' },
    })
    .input(
      z
        .strictObject({
          ...form,
          field,
          search: z.string().max(200).default(''),
          cursor: z.string().max(4000).optional(),
        })
        .refine(isOneMember, ONE_MEMBER),
    )
    .output(
      z.object({
        options: z.array(z.object({ value: anyJson, label: z.string(), description: z.string().optional() })),
        nextCursor: z.string().nullable(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { options, nextCursor } = await ctx.services.catalog.options(ctx.caller.scope, input)
      return { options: [...options], nextCursor }
    }),
  schema: procedure
    .meta({
      permission: 'connectors:read',
      openapi: {
        method: 'POST',
        path: '/connectors/{connector}/schema',
        tags,
        summary: 'Shape of a field, or of the output when no field is named',
      },
    })
    .input(z.strictObject({ ...form, field: field.optional() }).refine(isOneMember, ONE_MEMBER))
    .output(z.object({ schema: anyJson }))
    .mutation(async ({ ctx, input }) => ({ schema: await ctx.services.catalog.schema(ctx.caller.scope, input) })),
})
