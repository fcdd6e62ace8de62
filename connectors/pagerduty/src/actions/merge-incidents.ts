import { action, z } from '@inlay/sdk/connector'
import { fromHeader } from '../auth.js'
import { incidentField, incidentSchema, sampleIncident } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

/** Merges incidents into another. */
export const mergeIncidents = action({
  name: 'Merge incidents',
  description: 'Moves the alerts of incidents into another, and resolves those incidents.',
  input: z.strictObject({
    incident: incidentField.meta({ title: 'Into this incident' }),
    merged: z
      .array(z.string().min(1))
      .min(1)
      .max(100)
      .meta({ title: 'Merge these incidents', examples: [['PA1B2C3']] }),
  }),
  output: incidentSchema,
  sampleInput: { incident: sampleIncident.id, merged: ['PA1B2C3'] },
  sampleOutput: sampleIncident,
  scopes: ['incidents.write'],
  run: async (context) => {
    const { incident: id, merged } = context.input
    const { incident } = await pagerduty.call(context, {
      method: 'PUT',
      url: `/incidents/${encodeURIComponent(id)}/merge`,
      headers: fromHeader(context.auth),
      json: { source_incidents: merged.map((each) => ({ id: each, type: 'incident_reference' })) },
      answer: z.object({ incident: incidentSchema }),
    })
    return incident
  },
})
