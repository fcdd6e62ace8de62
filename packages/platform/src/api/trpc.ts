import { initTRPC, TRPCError } from '@trpc/server'
import type { OpenApiMeta } from 'trpc-to-openapi'
import type { ServedDomain } from '../domains/addresses.js'
import type { Caller } from '../identity/caller.js'
import type { CallKind } from '../identity/limits/call-limits.js'
import type { Permission } from '../identity/permissions.js'
import { toProblem, trpcCodeOf } from './problem.js'
import type { Services } from './services.js'

/** What a procedure is given. */
export interface ApiContext {
  readonly services: Services
  /** Null when the request carries no valid credentials. */
  readonly caller: Caller | null
  /** Why nothing may be done at all for this request, whoever calls. */
  readonly refusal?: Error | undefined
  /** Whether credentials came along, valid or not; a better answer to those who think they have sent some. */
  readonly hasCredentials: boolean
  readonly requestId: string
  /** The address at which the request came in: the operator's, or that of a tenant's domain. */
  readonly baseUrl: string
  /** The tenant's domain at which the request came in. @default the operator's own address */
  readonly domain?: ServedDomain | undefined
  /** Sets or, with null, clears the member's session cookie. */
  readonly setSessionToken: (token: string | null) => void
  /** The session token that came with the request. */
  readonly sessionToken: string | undefined
  /** The origin of the page that calls, when the browser names one. */
  readonly pageOrigin: string | undefined
  /** The peer's address, for rate limits. */
  readonly remoteAddress: string
  /** The `Idempotency-Key` of the request; a procedure that can deduplicate durably passes it on. */
  readonly idempotencyKey: string | undefined
}

/**
 * What every procedure says of itself: who may call it, and where it stands in the REST API.
 * `authenticated` is any caller with credentials; `public` goes with `publicProcedure` only.
 */
export type ApiMeta = OpenApiMeta & {
  readonly permission: Permission | 'public' | 'authenticated'
  /** Which limit calls count towards. @default none */
  readonly limit?: CallKind
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ApiMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      // Without a context nothing is known of the request: not even where it came in.
      const { requestId, status, ...problem } = toProblem(error, ctx ?? { requestId: '', baseUrl: '' })
      return { ...shape, message: problem.title, data: { ...shape.data, ...problem, httpStatus: status, requestId } }
    },
  })

export const router = t.router

/** Calls procedures in this process: for the REST API and for tests. */
export const createCallerFactory = t.createCallerFactory

/** Errors of ours leave a procedure as tRPC errors with their status; the formatter adds the rest. */
const convertErrors = t.middleware(async ({ ctx, next }) => {
  if (ctx.refusal !== undefined) {
    const { refusal } = ctx
    throw new TRPCError({ code: trpcCodeOf(refusal), message: refusal.message, cause: refusal })
  }
  const result = await next()
  if (result.ok || result.error.code !== 'INTERNAL_SERVER_ERROR') return result
  const cause = result.error.cause ?? result.error
  throw new TRPCError({ code: trpcCodeOf(cause), message: cause.message, cause })
})

const authorize = t.middleware(({ ctx, meta, next }) => {
  if (ctx.caller === null) {
    const message = ctx.hasCredentials
      ? 'The API key or session is unknown, has expired or was revoked.'
      : 'Sign in, or send an API key as a bearer token.'
    throw new TRPCError({ code: 'UNAUTHORIZED', message })
  }
  const permission = meta?.permission ?? 'public'
  const isAllowed =
    permission === 'authenticated' || (permission !== 'public' && ctx.caller.permissions.includes(permission))
  if (!isAllowed) {
    throw new TRPCError({ code: 'FORBIDDEN', message: `This needs the permission ${permission}.` })
  }
  return next({ ctx: { ...ctx, caller: ctx.caller } })
})

const countCall = t.middleware(async ({ ctx, meta, next }) => {
  if (meta?.limit !== undefined && ctx.caller !== null) await ctx.services.callLimits.take(meta.limit, ctx.caller)
  return next()
})

/** A procedure for callers without credentials. Its meta must say `permission: 'public'`. */
export const publicProcedure = t.procedure.use(convertErrors)

/** A procedure for callers that have the permission its meta names; one without meta refuses everybody. */
export const procedure = publicProcedure.use(authorize).use(countCall)
