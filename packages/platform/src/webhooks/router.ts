import { z } from 'zod'
import { noInput } from '../api/json.js'
import { pageInput, pageOf } from '../api/pagination.js'
import { procedure, router } from '../api/trpc.js'
import { WEBHOOK_ENDPOINT_KINDS, WEBHOOK_EVENT_TYPES, webhookDeliverySchema, webhookEndpointSchema } from './schema.js'

const id = z.string().max(100)
const tags = ['Webhooks']
const url = z.string().max(2000)
const description = z.string().max(200)
const eventTypes = z.array(z.enum(WEBHOOK_EVENT_TYPES)).min(1).max(WEBHOOK_EVENT_TYPES.length)
const withSecret = webhookEndpointSchema.extend({
  /** What messages are signed with: `whsec_…`. It is never shown again. */
  secret: z.string(),
})
const PULLED_AT_ONCE = 50
const MAX_REPORTED = 10_000

const endpoints = {
  list: procedure
    .meta({
      permission: 'webhookEndpoints:read',
      openapi: { method: 'GET', path: '/webhook-endpoints', tags, summary: 'Webhook endpoints, newest first' },
    })
    .input(noInput)
    .output(z.object({ data: z.array(webhookEndpointSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ data: await ctx.services.webhooks.list(ctx.caller.scope), nextCursor: null })),
  get: procedure
    .meta({
      permission: 'webhookEndpoints:read',
      openapi: { method: 'GET', path: '/webhook-endpoints/{id}', tags, summary: 'One webhook endpoint' },
    })
    .input(z.strictObject({ id }))
    .output(webhookEndpointSchema)
    .query(({ ctx, input }) => ctx.services.webhooks.get(ctx.caller.scope, input.id)),
  create: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: { method: 'POST', path: '/webhook-endpoints', tags, summary: 'Add a webhook endpoint' },
    })
    .input(
      z.strictObject({
        /** A listener has no address: `inlay listen` fetches its deliveries. */
        kind: z.enum(WEBHOOK_ENDPOINT_KINDS).default('http'),
        url: url.optional(),
        description: description.default(''),
        /** All that there are when absent. */
        eventTypes: eventTypes.default([...WEBHOOK_EVENT_TYPES]),
      }),
    )
    .output(withSecret)
    .mutation(({ ctx, input }) => ctx.services.webhooks.create(ctx.caller.scope, input)),
  update: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: { method: 'PATCH', path: '/webhook-endpoints/{id}', tags, summary: 'Change a webhook endpoint' },
    })
    .input(
      z.strictObject({
        id,
        url: url.optional(),
        description: description.optional(),
        eventTypes: eventTypes.optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .output(webhookEndpointSchema)
    .mutation(({ ctx, input: { id: endpointId, ...changes } }) =>
      ctx.services.webhooks.update(ctx.caller.scope, endpointId, changes),
    ),
  delete: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: { method: 'DELETE', path: '/webhook-endpoints/{id}', tags, summary: 'Delete a webhook endpoint' },
    })
    .input(z.strictObject({ id }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.webhooks.delete(ctx.caller.scope, input.id)
      return {}
    }),
  rotate: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: {
        method: 'POST',
        path: '/webhook-endpoints/{id}/rotate',
        tags,
        summary: 'Make a new secret; messages carry the signatures of both for 24 hours',
      },
    })
    .input(z.strictObject({ id }))
    .output(withSecret)
    .mutation(({ ctx, input }) => ctx.services.webhooks.rotate(ctx.caller.scope, input.id)),
  test: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: { method: 'POST', path: '/webhook-endpoints/{id}/test', tags, summary: 'Send a test event' },
    })
    .input(z.strictObject({ id }))
    .output(webhookDeliverySchema)
    .mutation(({ ctx, input }) => ctx.services.webhooks.test(ctx.caller.scope, input.id)),
}

const deliveryPlace = z.strictObject({ id, deliveryId: id })

const deliveries = {
  deliveries: procedure
    .meta({
      permission: 'webhookEndpoints:read',
      openapi: {
        method: 'GET',
        path: '/webhook-endpoints/{id}/deliveries',
        tags,
        summary: 'What was sent to an endpoint, newest first',
      },
    })
    .input(z.strictObject({ ...pageInput, id, status: webhookDeliverySchema.shape.status.optional() }))
    .output(pageOf(webhookDeliverySchema))
    .query(({ ctx, input: { id: endpointId, ...filter } }) =>
      ctx.services.webhooks.deliveries(ctx.caller.scope, { ...filter, endpointId }),
    ),
  redeliver: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: {
        method: 'POST',
        path: '/webhook-endpoints/{id}/deliveries/{deliveryId}/redeliver',
        tags,
        summary: 'Send a delivery once more',
      },
    })
    .input(deliveryPlace)
    .output(webhookDeliverySchema)
    .mutation(({ ctx, input }) =>
      ctx.services.webhooks.redeliver(ctx.caller.scope, { endpointId: input.id, id: input.deliveryId }),
    ),
  pull: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: {
        method: 'POST',
        path: '/webhook-endpoints/{id}/pull',
        tags,
        summary: 'Take the deliveries of a listener; what is not reported on within a minute is given again',
      },
    })
    .input(z.strictObject({ id }))
    .output(z.object({ data: z.array(webhookDeliverySchema) }))
    .mutation(async ({ ctx, input }) => ({
      data: await ctx.services.webhooks.pull(ctx.caller.scope, input.id, PULLED_AT_ONCE),
    })),
  report: procedure
    .meta({
      permission: 'webhookEndpoints:write',
      openapi: {
        method: 'POST',
        path: '/webhook-endpoints/{id}/deliveries/{deliveryId}/report',
        tags,
        summary: 'Say what came of a delivery that a listener has taken',
      },
    })
    .input(
      deliveryPlace.extend({
        /** The HTTP status; null when there was no answer. */
        status: z.number().int().min(100).max(599).nullable(),
        durationMs: z.number().min(0).max(3_600_000),
        body: z.string().max(MAX_REPORTED).optional(),
        error: z.string().max(MAX_REPORTED).optional(),
      }),
    )
    .output(z.object({}))
    .mutation(async ({ ctx, input: { id: endpointId, deliveryId, ...report } }) => {
      await ctx.services.webhooks.report(ctx.caller.scope, { endpointId, id: deliveryId }, report)
      return {}
    }),
}

export const webhookEndpointsRouter = router({ ...endpoints, ...deliveries })
