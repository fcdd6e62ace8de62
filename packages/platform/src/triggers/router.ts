import { z } from 'zod'
import { anyJson } from '../api/json.js'
import { procedure, router } from '../api/trpc.js'
import { appEndpointSchema, triggerSampleSchema } from './connector/schema.js'

const id = z.string().max(100)
const tags = ['Connectors']

/** The addresses of tenants' apps, and samples of connectors' triggers. */
export const triggersRouter = router({
  sample: procedure
    .meta({
      permission: 'runs:start',
      openapi: {
        method: 'POST',
        path: '/workflows/{id}/trigger-sample',
        tags: ['Workflows'],
        summary: "Data of the draft's connector trigger",
      },
    })
    .input(z.strictObject({ id, definition: anyJson.optional() }))
    .output(triggerSampleSchema)
    .mutation(async ({ ctx, input }) => {
      const { customerId, draft } = await ctx.services.workflows.get(ctx.caller.scope, input.id)
      const definition = input.definition ?? draft.definition
      return ctx.services.triggerSamples.take(ctx.caller.scope, { workflowId: input.id, customerId, definition })
    }),
  appEndpoint: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'GET',
        path: '/connectors/{connector}/app-events',
        tags,
        summary: "The address of an app's events",
      },
    })
    .input(z.strictObject({ connector: id }))
    .output(appEndpointSchema)
    .query(({ ctx, input }) => ctx.services.appEndpoints.get(ctx.caller.scope, input.connector)),
  setAppEndpoint: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: { method: 'PUT', path: '/connectors/{connector}/app-events', tags, summary: "Set up an app's events" },
    })
    .input(z.strictObject({ connector: id, settings: z.record(z.string().max(100), anyJson) }))
    .output(appEndpointSchema)
    .mutation(({ ctx, input }) => ctx.services.appEndpoints.put(ctx.caller.scope, input.connector, input.settings)),
  rotateAppEndpoint: procedure
    .meta({
      permission: 'connectors:configure',
      openapi: {
        method: 'POST',
        path: '/connectors/{connector}/app-events/rotate',
        tags,
        summary: "Replace the address of an app's events",
      },
    })
    .input(z.strictObject({ connector: id }))
    .output(appEndpointSchema)
    .mutation(({ ctx, input }) => ctx.services.appEndpoints.rotate(ctx.caller.scope, input.connector)),
})
