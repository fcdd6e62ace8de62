import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { workflowSchema } from '../workflows/schema.js'
import { templateSchema } from './schema.js'

const id = z.string().max(100)
const name = z.string().trim().min(1).max(200)
const tags = ['Templates']

/** A JSON Schema of an object. */
const settings = z.looseObject({ type: z.literal('object') }).catchall(anyJson)

export const templatesRouter = router({
  list: procedure
    .meta({
      permission: 'templates:read',
      openapi: { method: 'GET', path: '/templates', tags, summary: 'List templates' },
    })
    .input(z.strictObject(pageInput))
    .output(pageOf(templateSchema))
    .query(({ ctx, input }) => ctx.services.templates.list(ctx.caller.scope, input)),
  get: procedure
    .meta({
      permission: 'templates:read',
      openapi: { method: 'GET', path: '/templates/{id}', tags, summary: 'One template' },
    })
    .input(z.strictObject({ id }))
    .output(templateSchema)
    .query(({ ctx, input }) => ctx.services.templates.get(ctx.caller.scope, input.id)),
  create: procedure
    .meta({
      permission: 'templates:write',
      openapi: { method: 'POST', path: '/templates', tags, summary: 'Make a template of a definition' },
    })
    .input(
      z.strictObject({
        name,
        description: z.string().max(5000).default(''),
        definition: anyJson,
        settings: settings.nullable().default(null),
        useCase: z.string().trim().min(1).max(80).nullable().default(null),
        sample: anyJson.nullable().default(null),
      }),
    )
    .output(templateSchema)
    .mutation(({ ctx, input }) => ctx.services.templates.create(ctx.caller.scope, input)),
  update: procedure
    .meta({
      permission: 'templates:write',
      openapi: { method: 'PATCH', path: '/templates/{id}', tags, summary: 'Change what a template says of itself' },
    })
    .input(
      z.strictObject({
        id,
        name: name.optional(),
        description: z.string().max(5000).optional(),
        settings: settings.nullable().optional(),
        useCase: z.string().trim().min(1).max(80).nullable().optional(),
      }),
    )
    .output(templateSchema)
    .mutation(({ ctx, input: { id: templateId, ...change } }) =>
      ctx.services.templates.update(ctx.caller.scope, templateId, change),
    ),
  use: procedure
    .meta({
      permission: 'workflows:write',
      openapi: {
        method: 'POST',
        path: '/templates/{id}/use',
        tags,
        summary: 'Make a draft of a template for a customer',
        description: 'Settings and accounts that are left out can be filled in later, in the builder.',
      },
    })
    .input(
      z.strictObject({
        id,
        customerId: id,
        name: name.optional(),
        values: z.record(z.string().max(200), anyJson).optional(),
        connections: z.record(id, id.nullable()).optional(),
      }),
    )
    .output(workflowSchema)
    .mutation(({ ctx, input: { id: templateId, ...use } }) =>
      ctx.services.templates.use(ctx.caller.scope, templateId, use),
    ),
  delete: procedure
    .meta({
      permission: 'templates:write',
      openapi: { method: 'DELETE', path: '/templates/{id}', tags, summary: 'Delete a template' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.templates.delete(ctx.caller.scope, input.id)
      return {}
    }),
})
