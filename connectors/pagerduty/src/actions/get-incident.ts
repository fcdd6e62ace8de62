import { action, z } from '@inlay/sdk/connector'
import { incidentField, incidentSchema, sampleIncident } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

/** Reads an incident. */
export const getIncident = action({
  name: 'Get an incident',
  description: 'Reads one incident by its id.',
  input: z.strictObject({ incident: incidentField }),
  output: incidentSchema,
  sampleInput: { incident: sampleIncident.id },
  sampleOutput: sampleIncident,
  scopes: ['incidents.read'],
  run: async (context) => {
    const url = `/incidents/${encodeURIComponent(context.input.incident)}`
    return (await pagerduty.call(context, { url, answer: z.object({ incident: incidentSchema }) })).incident
  },
})
