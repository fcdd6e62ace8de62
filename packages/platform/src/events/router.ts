import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'

const tags = ['Events']
/** No control characters: the id becomes part of a deduplication key. */
const eventId = z
  .string()
  .regex(/^[^\p{Cc}]{1,200}$/u, 'must have 1 to 200 characters, none of them a control character')

export const eventsRouter = router({
  publish: procedure
    .meta({
      permission: 'events:publish',
      openapi: {
        method: 'POST',
        path: '/events',
        tags,
        summary: 'Send an event',
        description: 'Starts the workflows of the customer that are triggered by it, and wakes runs that wait for it.',
        successDescription: 'Accepted',
      },
    })
    .input(
      z.strictObject({
        name: z.string().trim().min(1).max(200),
        customerId: z.string().max(100),
        payload: anyJson.default({}),
        id: eventId.optional(),
      }),
    )
    .output(z.object({ id: z.string(), created: z.boolean() }))
    .mutation(({ ctx, input }) =>
      ctx.services.events.publish(ctx.caller.scope, {
        ...input,
        idempotencyKey: ctx.idempotencyKey,
        callerId: ctx.caller.id,
      }),
    ),
})
