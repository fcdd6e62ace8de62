import { CONNECTOR_CATEGORIES } from '@inlay/engine'
import { z } from 'zod'
import { anyJson, noInput } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { connectorDetailSchema, connectorSettingsViewSchema, offeredConnectorSchema } from './schema.js'
import { connectorSettingsSchema } from './settings.js'
import { connectorUsageSchema } from './usage.js'

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
const defaultsSchema = z.object({ newConnectors: z.enum(['enabled', 'disabled']) })

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
      limit: 'formQuestions',
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
      limit: 'formQuestions',
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
  usage: procedure
    .meta({
      permission: 'connectors:read',
      openapi: { method: 'GET', path: '/connectors/{id}/usage', tags, summary: 'How much a connector is used' },
    })
    .input(z.strictObject({ id, days: z.coerce.number().int().min(1).max(90).default(30) }))
    .output(connectorUsageSchema)
    .query(({ ctx, input }) => ctx.services.catalog.usage(ctx.caller.scope, input.id, input.days)),
  settings: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'GET', path: '/connectors/{id}/settings', tags, summary: 'Settings of a connector' },
    })
    .input(z.strictObject({ id }))
    .output(connectorSettingsViewSchema)
    .query(({ ctx, input }) => ctx.services.catalog.settings.get(ctx.caller.scope, input.id)),
  configure: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'PUT',
        path: '/connectors/{id}/settings',
        tags,
        summary: 'Enable, hide or rename a connector',
      },
    })
    .input(
      z.strictObject({
        id,
        availability: connectorSettingsSchema.shape.availability.default(null),
        hidden: z.boolean().default(false),
        name: connectorSettingsSchema.shape.name.default(null),
        description: connectorSettingsSchema.shape.description.default(null),
        icon: connectorSettingsSchema.shape.icon.default(null),
      }),
    )
    .output(connectorSettingsViewSchema)
    .mutation(({ ctx, input: { id: connector, ...settings } }) =>
      ctx.services.catalog.settings.set(ctx.caller.scope, connector, settings),
    ),
  defaults: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'GET', path: '/catalog-settings', tags, summary: 'What holds for new connectors' },
    })
    .input(noInput)
    .output(defaultsSchema)
    .query(async ({ ctx }) => {
      const { newConnectors } = await ctx.services.catalog.settings.of(ctx.caller.scope)
      return { newConnectors }
    }),
  setDefaults: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'PUT', path: '/catalog-settings', tags, summary: 'Say what holds for new connectors' },
    })
    .input(
      z.strictObject({
        newConnectors: z.enum(['enabled', 'disabled']),
        /** False makes `disabled` an allow-list: only what is enabled by name can be used. */
        keepCurrent: z.boolean().default(true),
      }),
    )
    .output(defaultsSchema)
    .mutation(async ({ ctx, input }) => ({
      newConnectors: await ctx.services.catalog.settings.setNewConnectors(ctx.caller.scope, input),
    })),
})
