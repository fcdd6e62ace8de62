import { collectPages, cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { incidentSchema, sampleIncident, serviceOptions } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

const PAGE_SIZE = 100
/** Newest first: of more than this in one poll, the oldest would be missed. */
const MAX_INCIDENTS = 1000

/** Starts for each new incident. */
export const newIncident = pollingTrigger({
  name: 'New incident',
  description: 'Starts for each incident that is raised. Asks PagerDuty every minute.',
  input: z.strictObject({
    services: z.array(z.string()).default([]).meta({ title: 'Services', description: 'By default all.' }),
  }),
  output: incidentSchema,
  sampleOutput: sampleIncident,
  scopes: ['incidents.read'],
  options: { services: serviceOptions },
  intervalMs: 60_000,
  poll: async (context) => {
    const since = cursorTime(context.cursor)
    const read = async (offset: number) => {
      const { incidents, more } = await pagerduty.call(context, {
        url: '/incidents',
        query: {
          'service_ids[]': context.input.services,
          since: since === undefined ? undefined : new Date(since).toISOString(),
          sort_by: 'created_at:desc',
          limit: PAGE_SIZE,
          offset,
        },
        answer: z.object({ incidents: z.array(incidentSchema), more: z.boolean() }),
      })
      return { items: incidents, next: more ? offset + PAGE_SIZE : undefined }
    }
    const incidents = await collectPages(read, 0, { maxItems: since === undefined ? PAGE_SIZE : MAX_INCIDENTS })
    return newByTime(incidents, {
      cursor: context.cursor,
      idOf: ({ id }) => id,
      timeOf: ({ created_at }) => created_at,
    })
  },
})
