import { isInlayError } from '@inlay/engine'
import { z } from 'zod'
import { instant, noInput } from '../api/json.js'
import { procedure, publicProcedure, router } from '../api/trpc.js'
import { sourceOfCaller } from './acting.js'
import { crossSite } from './cross-site.js'
import { describeCaller } from './me.js'
import { PERMISSIONS } from './permissions.js'
import { apiKeySchema, memberSchema, meSchema, SIGNING_ALGORITHMS, signingKeySchema } from './schema.js'

const id = z.string().max(100)
const listOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), nextCursor: z.null() })

export const authRouter = router({
  signIn: publicProcedure
    .meta({ permission: 'public' })
    .input(z.strictObject({ email: z.string().max(320), password: z.string().max(200) }))
    .output(z.object({ me: meSchema }))
    .mutation(async ({ ctx, input }) => {
      const { identity, signInLimit, refusals, audit } = ctx.services
      const { requestId, remoteAddress: ip } = ctx
      const attempt = { email: input.email, address: ip }
      const tell = (action: 'member.sign_in_failed' | 'member.sign_in_locked') =>
        refusals.signIn(input.email, action, { requestId, ip })
      // Another site must not sign somebody in here under an account of its own.
      if (ctx.pageOrigin !== undefined) throw crossSite()
      await signInLimit.consume(attempt, () => tell('member.sign_in_locked'))
      const { token, caller } = await identity
        .signIn(input.email, input.password, ctx.domain?.tenantId)
        .catch(async (error: unknown) => {
          if (isInlayError(error)) await tell('member.sign_in_failed')
          throw error
        })
      await signInLimit.reward(attempt)
      // Who signs in anew leaves no older session of the same browser behind.
      if (ctx.sessionToken !== undefined) await identity.signOut(ctx.sessionToken)
      const source = sourceOfCaller(caller, { requestId, ip })
      await audit.record(caller.scope, { action: 'member.signed_in', source })
      ctx.setSessionToken(token)
      return { me: await describeCaller(caller, ctx.services) }
    }),
  signOut: publicProcedure
    .meta({ permission: 'public' })
    .input(noInput)
    .output(z.object({}))
    .mutation(async ({ ctx }) => {
      if (ctx.sessionToken !== undefined) await ctx.services.identity.signOut(ctx.sessionToken)
      ctx.setSessionToken(null)
      return {}
    }),
  me: procedure
    .meta({
      permission: 'authenticated',
      openapi: { method: 'GET', path: '/me', tags: ['Callers'], summary: 'Who you are' },
    })
    .input(noInput)
    .output(meSchema)
    .query(({ ctx }) => describeCaller(ctx.caller, ctx.services)),
})

export const embedRouter = router({
  exchange: publicProcedure
    .meta({
      permission: 'public',
      openapi: {
        method: 'POST',
        path: '/embed/session',
        tags: ['Embed'],
        protect: false,
        summary: 'Exchange an embed token',
      },
    })
    .input(
      z.strictObject({
        token: z.string().max(10_000),
        /** The page around our own frame, as the browser told the frame. */
        parentOrigin: z.string().max(300).optional(),
      }),
    )
    .output(z.object({ sessionToken: z.string(), expiresAt: instant, me: meSchema }))
    .mutation(async ({ ctx, input }) => {
      const { embed, embedFailures, refusals } = ctx.services
      const { requestId, remoteAddress: ip } = ctx
      const { caller, ...session } = await embedFailures.guard(ip, () =>
        embed.exchange(input.token, ctx.pageOrigin ?? input.parentOrigin, ctx.domain).catch(async (error: unknown) => {
          await refusals.embed(input.token, error, { requestId, ip })
          throw error
        }),
      )
      return { ...session, me: await describeCaller(caller, ctx.services) }
    }),
})

export const membersRouter = router({
  list: procedure
    .meta({
      permission: 'members:read',
      openapi: { method: 'GET', path: '/members', tags: ['Members'], summary: 'List members' },
    })
    .input(noInput)
    .output(listOf(memberSchema))
    .query(async ({ ctx }) => ({ data: await ctx.services.identity.listMembers(ctx.caller.scope), nextCursor: null })),
})

export const apiKeysRouter = router({
  list: procedure
    .meta({
      permission: 'apiKeys:read',
      openapi: { method: 'GET', path: '/api-keys', tags: ['API keys'], summary: 'List API keys' },
    })
    .input(noInput)
    .output(listOf(apiKeySchema))
    .query(async ({ ctx }) => ({ data: await ctx.services.identity.listApiKeys(ctx.caller.scope), nextCursor: null })),
  create: procedure
    .meta({
      permission: 'apiKeys:write',
      openapi: { method: 'POST', path: '/api-keys', tags: ['API keys'], summary: 'Create an API key' },
    })
    .input(
      z.strictObject({
        name: z.string().trim().min(1).max(200),
        scopes: z.array(z.union([z.literal('*'), z.enum(PERMISSIONS)])).min(1),
        expiresAt: z.iso.datetime().optional(),
      }),
    )
    .output(z.object({ apiKey: apiKeySchema, secret: z.string() }))
    .mutation(({ ctx, input }) => ctx.services.identity.createApiKey(ctx.caller.scope, input)),
  revoke: procedure
    .meta({
      permission: 'apiKeys:write',
      openapi: { method: 'DELETE', path: '/api-keys/{id}', tags: ['API keys'], summary: 'Revoke an API key' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.identity.revokeApiKey(ctx.caller.scope, input.id)
      return {}
    }),
})

export const signingKeysRouter = router({
  list: procedure
    .meta({
      permission: 'signingKeys:read',
      openapi: { method: 'GET', path: '/signing-keys', tags: ['Signing keys'], summary: 'List signing keys' },
    })
    .input(noInput)
    .output(listOf(signingKeySchema))
    .query(async ({ ctx }) => ({
      data: await ctx.services.identity.listSigningKeys(ctx.caller.scope),
      nextCursor: null,
    })),
  create: procedure
    .meta({
      permission: 'signingKeys:write',
      openapi: { method: 'POST', path: '/signing-keys', tags: ['Signing keys'], summary: 'Create a signing key' },
    })
    .input(
      z.strictObject({
        algorithm: z.enum(SIGNING_ALGORITHMS).default('EdDSA'),
        publicKey: z.string().max(5000).optional(),
      }),
    )
    .output(z.object({ signingKey: signingKeySchema, privateKey: z.string().nullable() }))
    .mutation(({ ctx, input }) => ctx.services.identity.createSigningKey(ctx.caller.scope, input)),
  revoke: procedure
    .meta({
      permission: 'signingKeys:write',
      openapi: {
        method: 'DELETE',
        path: '/signing-keys/{id}',
        tags: ['Signing keys'],
        summary: 'Revoke a signing key',
      },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.identity.revokeSigningKey(ctx.caller.scope, input.id)
      return {}
    }),
})
