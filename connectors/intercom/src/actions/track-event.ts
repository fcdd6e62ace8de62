import { action, z } from '@inlay/sdk/connector'
import { contactOptions } from '../choices.js'
import { contactField, sampleContact } from '../contact.js'
import { intercom } from '../intercom-api.js'

/** Tells of something that a contact did. */
export const trackEvent = action({
  name: 'Track an event',
  description: 'Tells Intercom of something that a contact did in your product.',
  input: z.strictObject({
    contact: contactField,
    event: z
      .string()
      .min(1)
      .max(120)
      .meta({ title: 'Event', description: 'A verb and a noun.', examples: ['placed-order'] }),
    at: z.iso.datetime({ offset: true }).optional().meta({ title: 'When', description: 'Now, when empty.' }),
    metadata: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ title: 'Details', description: 'At most ten.', examples: [{ order: 'A-1001' }] }),
  }),
  output: z.object({ event: z.string().meta({ title: 'Event' }) }),
  sampleInput: { contact: sampleContact.id, event: 'placed-order', metadata: { order: 'A-1001' } },
  sampleOutput: { event: 'placed-order' },
  options: { contact: contactOptions },
  // Intercom would count it twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { contact: id, event, at, metadata } = context.input
    const created_at = Math.floor((at === undefined ? Date.now() : Date.parse(at)) / 1000)
    const json = { id, event_name: event, created_at, metadata }
    await intercom.call(context, { method: 'POST', url: '/events', json })
    return { event }
  },
})
