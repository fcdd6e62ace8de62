import { action, collectPages, z } from '@inlay/sdk/connector'
import { incidentSchema, sampleIncident, serviceOptions } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

const PAGE_SIZE = 100

/** Lists incidents. */
export const listIncidents = action({
  name: 'List incidents',
  description: 'Lists incidents, newest first.',
  input: z.strictObject({
    statuses: z
      .array(z.enum(['triggered', 'acknowledged', 'resolved']))
      .default(['triggered', 'acknowledged'])
      .meta({ title: 'Status' }),
    services: z.array(z.string()).default([]).meta({ title: 'Services' }),
    since: z.iso.datetime({ offset: true }).optional().meta({ title: 'Since' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ incidents: z.array(incidentSchema).meta({ title: 'Incidents' }) }),
  sampleInput: { statuses: ['triggered'] },
  sampleOutput: { incidents: [sampleIncident] },
  scopes: ['incidents.read'],
  options: { services: serviceOptions },
  run: async (context) => {
    const { statuses, services, since, limit } = context.input
    const read = async (offset: number) => {
      const { incidents, more } = await pagerduty.call(context, {
        url: '/incidents',
        query: {
          'statuses[]': statuses,
          'service_ids[]': services,
          since,
          sort_by: 'created_at:desc',
          limit: PAGE_SIZE,
          offset,
        },
        answer: z.object({ incidents: z.array(incidentSchema), more: z.boolean() }),
      })
      return { items: incidents, next: more ? offset + PAGE_SIZE : undefined }
    }
    return { incidents: await collectPages(read, 0, { maxItems: limit }) }
  },
})
