import { action, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'
import { emailField, subscriberPath } from '../subscriber.js'

/** Tells of something that a subscriber did. */
export const addEvent = action({
  name: 'Add an event',
  description: 'Tells Mailchimp of something that a subscriber did in your product; automations there can start on it.',
  input: z.strictObject({
    audience: audienceField,
    email: emailField,
    name: z
      .string()
      .regex(/^\w{2,30}$/, 'must be 2 to 30 letters, digits and _')
      .meta({ title: 'Name of the event', examples: ['order_placed'] }),
    properties: z
      .record(z.string(), z.string())
      .optional()
      .meta({ title: 'Properties', examples: [{ total: '42.00' }] }),
    occurredAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'When', description: 'Now, when left empty.', examples: ['2026-04-10T20:15:00Z'] }),
  }),
  output: z.object({}),
  sampleInput: { audience: 'aud1', email: 'kim@example.com', name: 'order_placed', properties: { total: '42.00' } },
  sampleOutput: {},
  options: { audience: audienceOptions },
  // Mailchimp knows no idempotency key: repeating after a crash would tell of it twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { name, properties, occurredAt } = context.input
    const json = { name, properties, occurred_at: occurredAt }
    await mailchimp.call(context, { method: 'POST', url: subscriberPath(context.input, '/events'), json })
    return {}
  },
})
