import type { CustomerId } from '@inlay/engine'
import { z } from 'zod'
import { noInput } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'

const rotated = z.object({
  /** How many secrets were sealed anew. */
  secrets: z.number(),
})

export const keysRouter = router({
  rotateCustomer: procedure
    .meta({
      permission: 'keys:rotate',
      openapi: {
        method: 'POST',
        path: '/customers/{id}/rotate-key',
        tags: ['Customers'],
        summary: "Replace a customer's data key",
      },
    })
    .input(z.strictObject({ id: z.string().max(100) }))
    .output(rotated)
    .mutation(({ ctx, input }) => {
      const { scope } = ctx.caller
      // Whoever's id it is: in this tenant there is a customer by it, or no key.
      return ctx.services.keys.rotate(scope, { tenantId: scope.tenantId, customerId: input.id as CustomerId })
    }),
  rotateTenant: procedure
    .meta({
      permission: 'keys:rotate',
      openapi: {
        method: 'POST',
        path: '/tenant/rotate-key',
        tags: ['Tenant'],
        summary: "Replace the tenant's data key",
      },
    })
    .input(noInput)
    .output(rotated)
    .mutation(({ ctx }) => ctx.services.keys.rotate(ctx.caller.scope, { tenantId: ctx.caller.scope.tenantId })),
})
