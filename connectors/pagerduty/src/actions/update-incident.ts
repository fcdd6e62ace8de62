import { action, z } from '@inlay/sdk/connector'
import { fromHeader } from '../auth.js'
import { incidentField, incidentSchema, policyOptions, sampleIncident, userOptions } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

/** Changes an incident. */
export const updateIncident = action({
  name: 'Change an incident',
  description: 'Acknowledges, resolves, renames or hands on an incident.',
  input: z.strictObject({
    incident: incidentField,
    status: z.enum(['acknowledged', 'resolved']).optional().meta({ title: 'Status' }),
    resolution: z.string().optional().meta({ title: 'Resolution', description: 'A note, when it is resolved.' }),
    title: z.string().optional().meta({ title: 'Title' }),
    urgency: z.enum(['high', 'low']).optional().meta({ title: 'Urgency' }),
    policy: z.string().optional().meta({ title: 'Escalation policy' }),
    assignees: z.array(z.string()).optional().meta({ title: 'Give to' }),
  }),
  output: incidentSchema,
  sampleInput: { incident: sampleIncident.id, status: 'resolved' },
  sampleOutput: { ...sampleIncident, status: 'resolved' },
  scopes: ['incidents.write'],
  options: { policy: policyOptions, assignees: userOptions },
  run: async (context) => {
    const { incident: id, policy, assignees, ...changes } = context.input
    const { incident } = await pagerduty.call(context, {
      method: 'PUT',
      url: `/incidents/${encodeURIComponent(id)}`,
      headers: fromHeader(context.auth),
      json: {
        incident: {
          type: 'incident_reference',
          ...changes,
          escalation_policy: policy === undefined ? undefined : { id: policy, type: 'escalation_policy_reference' },
          assignments: assignees?.map((person) => ({ assignee: { id: person, type: 'user_reference' } })),
        },
      },
      answer: z.object({ incident: incidentSchema }),
    })
    return incident
  },
})
