import { createHash } from 'node:crypto'
import { action, z } from '@inlay/sdk/connector'
import { fromHeader } from '../auth.js'
import { incidentSchema, policyOptions, sampleIncident, serviceOptions, userOptions } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

/** Raises an incident. */
export const createIncident = action({
  name: 'Create an incident',
  description: 'Raises an incident of a service.',
  input: z.strictObject({
    service: z
      .string()
      .min(1)
      .meta({ title: 'Service', examples: ['PIJ90N7'] }),
    title: z
      .string()
      .min(1)
      .meta({ title: 'Title', examples: [sampleIncident.title] }),
    details: z.string().optional().meta({ title: 'Details', format: 'multiline' }),
    urgency: z.enum(['high', 'low']).default('high').meta({ title: 'Urgency' }),
    policy: z.string().optional().meta({ title: 'Escalation policy' }),
    assignees: z
      .array(z.string())
      .optional()
      .meta({ title: 'Give to', description: 'Instead of an escalation policy.' }),
    key: z.string().max(255).optional().meta({ title: 'Key', description: 'Raises no second incident with the same.' }),
  }),
  output: incidentSchema,
  sampleInput: { service: 'PIJ90N7', title: sampleIncident.title },
  sampleOutput: sampleIncident,
  scopes: ['incidents.write'],
  options: { service: serviceOptions, policy: policyOptions, assignees: userOptions },
  run: async (context) => {
    const { service, title, details, urgency, policy, assignees, key } = context.input
    const { incident } = await pagerduty.call(context, {
      method: 'POST',
      url: '/incidents',
      headers: fromHeader(context.auth),
      json: {
        incident: {
          type: 'incident',
          title,
          urgency,
          service: { id: service, type: 'service_reference' },
          body: details === undefined ? undefined : { type: 'incident_body', details },
          escalation_policy: policy === undefined ? undefined : { id: policy, type: 'escalation_policy_reference' },
          assignments: assignees?.map((id) => ({ assignee: { id, type: 'user_reference' } })),
          // Repeated after a crash, it raises no second incident.
          incident_key: key ?? createHash('sha256').update(context.idempotencyKey).digest('hex'),
        },
      },
      answer: z.object({ incident: incidentSchema }),
    })
    return incident
  },
})
