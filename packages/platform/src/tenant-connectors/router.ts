import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'
import { readDocumentSchema, tenantConnectorSchema } from './schema.js'

const id = z.string().max(100)
const tags = ['Connectors']
const ownSecret = z.string().min(24).max(200).optional()
/** Larger ones are imported with the command of the how-to. */
const MAX_DOCUMENT_CHARACTERS = 5_000_000
const withSecret = tenantConnectorSchema.extend({
  /** What both sides sign with. It is never shown again. */
  secret: z.string(),
})

export const tenantConnectorsRouter = router({
  list: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'GET', path: '/tenant-connectors', tags, summary: 'Connectors of your own' },
    })
    .input(z.strictObject({}))
    .output(z.object({ data: z.array(tenantConnectorSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ data: await ctx.services.tenantConnectors.list(ctx.caller.scope), nextCursor: null })),
  get: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'GET', path: '/tenant-connectors/{id}', tags, summary: 'One connector of your own' },
    })
    .input(z.strictObject({ id }))
    .output(tenantConnectorSchema)
    .query(({ ctx, input }) => ctx.services.tenantConnectors.get(ctx.caller.scope, input.id)),
  registerRemote: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'POST',
        path: '/tenant-connectors/remote',
        tags,
        summary: 'Register a connector that your backend serves',
      },
    })
    .input(
      z.strictObject({
        url: z.string().max(2000),
        /** One of your own choice; otherwise a random one is made. */
        secret: ownSecret,
      }),
    )
    .output(withSecret)
    .mutation(({ ctx, input }) => ctx.services.tenantConnectors.registerRemote(ctx.caller.scope, input)),
  refresh: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'POST',
        path: '/tenant-connectors/{id}/refresh',
        tags,
        summary: 'Fetch the definition that your backend serves now',
      },
    })
    .input(z.strictObject({ id }))
    .output(tenantConnectorSchema)
    .mutation(({ ctx, input }) => ctx.services.tenantConnectors.refresh(ctx.caller.scope, input.id)),
  rotateSecret: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'POST', path: '/tenant-connectors/{id}/rotate-secret', tags, summary: 'Set a new secret' },
    })
    .input(z.strictObject({ id, secret: ownSecret }))
    .output(withSecret)
    .mutation(({ ctx, input }) => ctx.services.tenantConnectors.rotateSecret(ctx.caller.scope, input.id, input.secret)),
  readOpenApi: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'POST',
        path: '/tenant-connectors/openapi/read',
        tags,
        summary: 'Make a connector’s description of an OpenAPI document, without adding it',
      },
    })
    .input(z.strictObject({ document: z.string().max(MAX_DOCUMENT_CHARACTERS) }))
    .output(readDocumentSchema)
    .mutation(({ ctx, input }) => ctx.services.tenantConnectors.readOpenApi(input.document)),
  importOpenApi: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'POST',
        path: '/tenant-connectors/openapi',
        tags,
        summary: 'Add a connector that was imported from an OpenAPI document',
      },
    })
    .input(z.strictObject({ definition: anyJson }))
    .output(tenantConnectorSchema)
    .mutation(({ ctx, input }) => ctx.services.tenantConnectors.addOpenApi(ctx.caller.scope, input.definition)),
  delete: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'DELETE', path: '/tenant-connectors/{id}', tags, summary: 'Remove a connector of your own' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.tenantConnectors.delete(ctx.caller.scope, input.id)
      return {}
    }),
})
