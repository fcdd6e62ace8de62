import { action, z } from '@inlay/sdk/connector'
import { fromHeader } from '../auth.js'
import { incidentField, incidentSchema, sampleIncident } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

const MAX_MINUTES = 10_080

/** Puts an incident off. */
export const snoozeIncident = action({
  name: 'Snooze an incident',
  description: 'Puts an acknowledged incident off: it is triggered again when the time is over.',
  input: z.strictObject({
    incident: incidentField,
    minutes: z.coerce
      .number()
      .int()
      .min(1)
      .max(MAX_MINUTES)
      .default(60)
      .meta({ title: 'Minutes', description: 'At most a week.' }),
  }),
  output: incidentSchema,
  sampleInput: { incident: sampleIncident.id, minutes: 60 },
  sampleOutput: { ...sampleIncident, status: 'acknowledged' },
  scopes: ['incidents.write'],
  run: async (context) => {
    const { incident: id, minutes } = context.input
    const { incident } = await pagerduty.call(context, {
      method: 'POST',
      url: `/incidents/${encodeURIComponent(id)}/snooze`,
      headers: fromHeader(context.auth),
      json: { duration: minutes * 60 },
      answer: z.object({ incident: incidentSchema }),
    })
    return incident
  },
})
