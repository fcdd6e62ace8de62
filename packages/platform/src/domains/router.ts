import { z } from 'zod'
import { noInput } from '../api/json.js'
import { procedure, publicProcedure, router } from '../api/trpc.js'
import { productNameOf } from '../tenancy/index.js'
import { domainSchema, siteSchema } from './schema.js'

const byId = z.strictObject({ id: z.string().max(100) })
const tags = ['Domains']

export const domainsRouter = router({
  site: publicProcedure
    .meta({ permission: 'public' })
    .input(noInput)
    .output(siteSchema)
    .query(async ({ ctx }) => {
      const { baseUrl: origin } = ctx
      if (ctx.domain === undefined) return { origin, tenant: null }
      const { tenancy } = ctx.services
      const scope = { tenantId: ctx.domain.tenantId }
      const [tenant, brand] = await Promise.all([tenancy.getTenant(scope), tenancy.getBrand(scope)])
      const { logo, logoDark, favicon, appearance } = brand
      return { origin, tenant: { name: productNameOf(tenant, brand), logo, logoDark, favicon, appearance } }
    }),
  list: procedure
    .meta({
      permission: 'tenant:read',
      openapi: { method: 'GET', path: '/domains', tags, summary: 'Your own domains' },
    })
    .input(noInput)
    .output(z.object({ data: z.array(domainSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ data: await ctx.services.domains.list(ctx.caller.scope), nextCursor: null })),
  get: procedure
    .meta({
      permission: 'tenant:read',
      openapi: { method: 'GET', path: '/domains/{id}', tags, summary: 'A domain, and the records that it needs' },
    })
    .input(byId)
    .output(domainSchema)
    .query(({ ctx, input }) => ctx.services.domains.get(ctx.caller.scope, input.id)),
  add: procedure
    .meta({
      permission: 'tenant:update',
      openapi: { method: 'POST', path: '/domains', tags, summary: 'Add a domain of your own' },
    })
    .input(z.strictObject({ name: z.string().min(1).max(300) }))
    .output(domainSchema)
    .mutation(({ ctx, input }) => ctx.services.domains.add(ctx.caller.scope, input.name)),
  verify: procedure
    .meta({
      permission: 'tenant:update',
      limit: 'domainChecks',
      openapi: { method: 'POST', path: '/domains/{id}/verify', tags, summary: 'Look at the records of a domain now' },
    })
    .input(byId)
    .output(domainSchema)
    .mutation(({ ctx, input }) => ctx.services.domains.verify(ctx.caller.scope, input.id)),
  remove: procedure
    .meta({
      permission: 'tenant:update',
      openapi: { method: 'DELETE', path: '/domains/{id}', tags, summary: 'Remove a domain' },
    })
    .input(byId)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.domains.remove(ctx.caller.scope, input.id)
      return {}
    }),
})
