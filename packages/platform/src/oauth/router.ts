import { z } from 'zod'
import { noInput } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'
import { authorizationSchema, begunAuthorizationSchema, newAuthorizationSchema } from './authorizations/schema.js'
import { oauthAppSchema } from './clients/schema.js'

const id = z.string().max(100)
const tags = ['OAuth']

export const oauthAuthorizationsRouter = router({
  create: procedure
    .meta({
      permission: 'connections:write',
      limit: 'authorizations',
      openapi: {
        method: 'POST',
        path: '/oauth/authorizations',
        tags,
        summary: 'Begin to connect an account by signing in to its service',
      },
    })
    .input(newAuthorizationSchema)
    .output(begunAuthorizationSchema)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.catalog.settings.requireEnabled(ctx.caller.scope, input.connector)
      return ctx.services.oauth.authorizations.begin(ctx.caller, input, ctx.baseUrl)
    }),
  get: procedure
    .meta({
      permission: 'connections:write',
      openapi: { method: 'GET', path: '/oauth/authorizations/{id}', tags, summary: 'How far an authorization is' },
    })
    .input(z.strictObject({ id }))
    .output(authorizationSchema)
    .query(({ ctx, input }) => ctx.services.oauth.authorizations.get(ctx.caller, input.id)),
  confirm: procedure
    .meta({
      permission: 'connections:write',
      openapi: {
        method: 'POST',
        path: '/oauth/authorizations/{id}/confirm',
        tags,
        summary: 'Confirm an authorization that the person has confirmed',
      },
    })
    .input(z.strictObject({ id }))
    .output(authorizationSchema)
    .mutation(({ ctx, input }) => ctx.services.oauth.authorizations.confirm(ctx.caller, input.id)),
})

export const oauthClientsRouter = router({
  list: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'GET', path: '/oauth/clients', tags, summary: 'Your own OAuth apps' },
    })
    .input(noInput)
    .output(z.object({ data: z.array(oauthAppSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ data: await ctx.services.oauth.clients.list(ctx.caller.scope), nextCursor: null })),
  get: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'GET',
        path: '/oauth/clients/{connector}',
        tags,
        summary: 'Which OAuth app a connector uses, and the redirect URI to register for one of your own',
      },
    })
    .input(z.strictObject({ connector: id }))
    .output(oauthAppSchema)
    .query(({ ctx, input }) => ctx.services.oauth.clients.get(ctx.caller.scope, input.connector)),
  set: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'PUT', path: '/oauth/clients/{connector}', tags, summary: 'Set an OAuth app of your own' },
    })
    .input(
      z.strictObject({
        connector: id,
        clientId: z.string().trim().min(1).max(1000),
        /** Null for apps without a secret. It is never shown again. */
        clientSecret: z.string().trim().min(1).max(5000).nullable(),
      }),
    )
    .output(oauthAppSchema)
    .mutation(({ ctx, input: { connector, ...client } }) =>
      ctx.services.oauth.clients.set(ctx.caller.scope, connector, client),
    ),
  delete: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'DELETE', path: '/oauth/clients/{connector}', tags, summary: 'Remove your OAuth app' },
    })
    .input(z.strictObject({ connector: id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.oauth.clients.delete(ctx.caller.scope, input.connector)
      return {}
    }),
})
