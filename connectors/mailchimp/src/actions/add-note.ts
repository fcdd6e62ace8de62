import { action, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'
import { emailField, subscriberPath } from '../subscriber.js'

/** Writes a note on a subscriber. */
export const addNote = action({
  name: 'Add a note',
  description: 'Writes a note on a subscriber, which people of your account see.',
  input: z.strictObject({
    audience: audienceField,
    email: emailField,
    note: z
      .string()
      .min(1)
      .max(1000)
      .meta({ title: 'Note', format: 'multiline', examples: ['Asked for the catalogue.'] }),
  }),
  output: z.object({ id: z.number().meta({ title: 'Note id' }) }),
  sampleInput: { audience: 'aud1', email: 'kim@example.com', note: 'Asked for the catalogue.' },
  sampleOutput: { id: 42 },
  options: { audience: audienceOptions },
  // Mailchimp knows no idempotency key: repeating after a crash would write a second note.
  delivery: 'at-most-once',
  run: (context) => {
    const url = subscriberPath(context.input, '/notes')
    const json = { note: context.input.note }
    return mailchimp.call(context, { method: 'POST', url, json, answer: z.object({ id: z.number() }) })
  },
})
