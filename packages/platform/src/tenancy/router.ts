import { z } from 'zod'
import { noInput } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { brandSchema } from './brand-schema.js'
import { customerSchema, originSchema, tenantSchema } from './schema.js'

const id = z.string().max(100)
const name = z.string().trim().min(1).max(200)

export const tenantRouter = router({
  get: procedure
    .meta({
      permission: 'tenant:read',
      openapi: { method: 'GET', path: '/tenant', tags: ['Tenant'], summary: 'Your tenant' },
    })
    .input(noInput)
    .output(tenantSchema)
    .query(({ ctx }) => ctx.services.tenancy.getTenant(ctx.caller.scope)),
  update: procedure
    .meta({
      permission: 'tenant:update',
      openapi: { method: 'PATCH', path: '/tenant', tags: ['Tenant'], summary: 'Change your tenant' },
    })
    .input(z.strictObject({ name: name.optional(), allowedOrigins: z.array(originSchema).max(50).optional() }))
    .output(tenantSchema)
    .mutation(({ ctx, input }) => ctx.services.tenancy.updateTenant(ctx.caller.scope, input)),
})

export const brandingRouter = router({
  get: procedure
    .meta({
      permission: 'tenant:read',
      openapi: { method: 'GET', path: '/branding', tags: ['Tenant'], summary: 'How the tenant looks and speaks' },
    })
    .input(noInput)
    .output(brandSchema)
    .query(({ ctx }) => ctx.services.tenancy.getBrand(ctx.caller.scope)),
  set: procedure
    .meta({
      permission: 'tenant:update',
      openapi: {
        method: 'PUT',
        path: '/branding',
        tags: ['Tenant'],
        summary: 'Replace how the tenant looks and speaks',
      },
    })
    .input(brandSchema)
    .output(brandSchema)
    .mutation(async ({ ctx, input }) => {
      const { scope } = ctx.caller
      await ctx.services.audit.record(scope, {
        action: 'tenant.branded',
        target: { kind: 'tenant', id: scope.tenantId },
      })
      return ctx.services.tenancy.setBrand(scope, input)
    }),
})

export const customersRouter = router({
  list: procedure
    .meta({
      permission: 'customers:read',
      openapi: { method: 'GET', path: '/customers', tags: ['Customers'], summary: 'List customers' },
    })
    .input(z.strictObject({ ...pageInput, search: z.string().max(200).optional() }))
    .output(pageOf(customerSchema))
    .query(({ ctx, input }) => ctx.services.tenancy.listCustomers(ctx.caller.scope, input)),
  get: procedure
    .meta({
      permission: 'customers:read',
      openapi: { method: 'GET', path: '/customers/{id}', tags: ['Customers'], summary: 'One customer' },
    })
    .input(z.strictObject({ id }))
    .output(customerSchema)
    .query(({ ctx, input }) => ctx.services.tenancy.getCustomer(ctx.caller.scope, input.id)),
  create: procedure
    .meta({
      permission: 'customers:write',
      openapi: { method: 'POST', path: '/customers', tags: ['Customers'], summary: 'Create a customer' },
    })
    .input(z.strictObject({ externalId: z.string().trim().min(1).max(200), name }))
    .output(customerSchema)
    .mutation(({ ctx, input }) => ctx.services.tenancy.createCustomer(ctx.caller.scope, input)),
  update: procedure
    .meta({
      permission: 'customers:write',
      openapi: { method: 'PATCH', path: '/customers/{id}', tags: ['Customers'], summary: 'Rename a customer' },
    })
    .input(z.strictObject({ id, name }))
    .output(customerSchema)
    .mutation(({ ctx, input }) => ctx.services.tenancy.updateCustomer(ctx.caller.scope, input.id, input.name)),
  delete: procedure
    .meta({
      permission: 'customers:write',
      openapi: { method: 'DELETE', path: '/customers/{id}', tags: ['Customers'], summary: 'Erase a customer' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      // Before: what opens the tokens is erased with the customer.
      await ctx.services.oauth.revokeCustomer(ctx.caller.scope, input.id)
      await ctx.services.tenancy.deleteCustomer(ctx.caller.scope, input.id)
      const target = { kind: 'customer', id: input.id }
      await ctx.services.audit.record(ctx.caller.scope, { action: 'customer.deleted', target })
      return {}
    }),
})
