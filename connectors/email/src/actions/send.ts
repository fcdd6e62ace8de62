import { action, z } from '@inlay/sdk/connector'
import {
  address,
  addresses,
  contentFields,
  contentOf,
  deliver,
  fromField,
  sampleSent,
  sentSchema,
} from '../outgoing.js'

/** Sends a message. */
export const send = action({
  name: 'Send an e-mail',
  description: 'Sends an e-mail to one or more people.',
  input: z.strictObject({
    from: fromField,
    to: addresses.meta({ title: 'To', format: 'email', examples: ['kim@example.com'] }),
    cc: addresses.optional().meta({ title: 'Copy to', format: 'email' }),
    bcc: addresses.optional().meta({ title: 'Hidden copy to', format: 'email' }),
    replyTo: address.optional().meta({ title: 'Answers to', format: 'email' }),
    subject: z
      .string()
      .max(998)
      .meta({ title: 'Subject', examples: ['Your order A-1001'] }),
    ...contentFields,
  }),
  output: sentSchema,
  sampleInput: {
    from: 'Shop <shop@example.com>',
    to: 'kim@example.com',
    subject: 'Your order A-1001',
    text: 'It is on its way.',
  },
  sampleOutput: sampleSent,
  run: async (context) => {
    const { from, to, cc, bcc, replyTo, subject } = context.input
    const content = await contentOf(context, context.input)
    return deliver(context, { from, to, cc, bcc, replyTo, subject, ...content })
  },
})
