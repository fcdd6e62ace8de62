import type { CustomerId } from '@inlay/engine'
import { z } from 'zod'
import { noInput } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'
import { guardrailChangesSchema, guardrailsSchema } from './schema.js'

const id = z.string().max(100)
const tags = ['Guardrails']
const ofCustomer = z.object({
  /** What is said for this customer alone. */
  own: guardrailChangesSchema,
  effective: guardrailsSchema,
})

export const guardrailsRouter = router({
  get: procedure
    .meta({
      permission: 'tenant:read',
      openapi: { method: 'GET', path: '/guardrails', tags, summary: 'What the builders of your customers offer' },
    })
    .input(noInput)
    .output(guardrailsSchema)
    .query(({ ctx }) => ctx.services.guardrails.getDefault(ctx.caller.scope)),
  set: procedure
    .meta({
      permission: 'tenant:update',
      openapi: { method: 'PUT', path: '/guardrails', tags, summary: 'Say what the builders of your customers offer' },
    })
    .input(guardrailChangesSchema)
    .output(guardrailsSchema)
    .mutation(async ({ ctx, input }) => {
      const { scope } = ctx.caller
      const target = { kind: 'tenant', id: scope.tenantId }
      await ctx.services.audit.record(scope, { action: 'guardrails.changed', target })
      return ctx.services.guardrails.setDefault(scope, input)
    }),
  getOf: procedure
    .meta({
      permission: 'tenant:read',
      openapi: { method: 'GET', path: '/customers/{id}/guardrails', tags, summary: 'What a customer’s builder offers' },
    })
    .input(z.strictObject({ id }))
    .output(ofCustomer)
    .query(({ ctx, input }) => ctx.services.guardrails.getOf(ctx.caller.scope, input.id)),
  setOf: procedure
    .meta({
      permission: 'tenant:update',
      openapi: {
        method: 'PUT',
        path: '/customers/{id}/guardrails',
        tags,
        summary: 'Say what one customer’s builder offers',
      },
    })
    .input(z.strictObject({ id, own: guardrailChangesSchema }))
    .output(ofCustomer)
    .mutation(async ({ ctx, input }) => {
      const { scope } = ctx.caller
      await ctx.services.tenancy.getCustomer(scope, input.id)
      const customerId = input.id as CustomerId
      const target = { kind: 'customer', id: customerId }
      await ctx.services.audit.record(scope, { action: 'guardrails.changed', target, customerId })
      return ctx.services.guardrails.setOf(scope, customerId, input.own)
    }),
})
