import { createHash } from 'node:crypto'
import { action, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { pagerduty } from '../pagerduty-api.js'

/** Raises, acknowledges or resolves an alert. */
export const sendEvent = action({
  name: 'Send an event',
  description: 'Raises, acknowledges or resolves an alert of a service (Events API v2).',
  input: z.strictObject({
    action: z.enum(['trigger', 'acknowledge', 'resolve']).default('trigger').meta({ title: 'What' }),
    key: z
      .string()
      .max(255)
      .optional()
      .meta({
        title: 'Key',
        description: 'Events with the same key are of the same alert; needed to acknowledge and resolve.',
        examples: ['order-A-1001'],
      }),
    summary: z
      .string()
      .max(1024)
      .optional()
      .meta({ title: 'Summary', examples: ['Payments fail'] }),
    source: z.string().default('automation').meta({ title: 'Source', description: 'Which system it is about.' }),
    severity: z.enum(['critical', 'error', 'warning', 'info']).default('error').meta({ title: 'Severity' }),
    component: z.string().optional().meta({ title: 'Component' }),
    details: z.record(z.string(), jsonValue).optional().meta({ title: 'Details' }),
  }),
  output: z.object({ key: z.string().meta({ title: 'Key' }), status: z.string().meta({ title: 'Status' }) }),
  sampleInput: { summary: 'Payments fail', severity: 'critical' },
  sampleOutput: { key: 'order-A-1001', status: 'success' },
  run: async (context) => {
    const { action: what, key, summary, source, severity, component, details } = context.input
    const { integrationKey, region } = context.auth.fields
    if (typeof integrationKey !== 'string') {
      throw new StepError('authentication', 'Events need the integration key of a service', {
        detail: 'Choose a connection of the kind "Integration key of a service".',
      })
    }
    if (what === 'trigger' && summary === undefined) throw new StepError('validation', 'The alert needs a summary')
    if (what !== 'trigger' && key === undefined) throw new StepError('validation', 'Say which alert: give its key')
    const origin = region === 'eu' ? 'https://events.eu.pagerduty.com' : 'https://events.pagerduty.com'
    const { dedup_key, status } = await pagerduty.call(context, {
      method: 'POST',
      url: `${origin}/v2/enqueue`,
      json: {
        routing_key: integrationKey,
        event_action: what,
        // Repeated after a crash, an event is of the same alert.
        dedup_key: key ?? createHash('sha256').update(context.idempotencyKey).digest('hex'),
        payload: summary === undefined ? undefined : { summary, source, severity, component, custom_details: details },
      },
      answer: z.object({ status: z.string(), dedup_key: z.string() }),
    })
    return { key: dedup_key, status }
  },
})
