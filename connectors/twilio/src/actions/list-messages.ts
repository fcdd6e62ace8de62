import { action, collectPages, z } from '@inlay/sdk/connector'
import { messagePage, messageSchema, sampleMessage } from '../message.js'
import { accountPath, twilio } from '../twilio-api.js'

const day = (title: string) =>
  z.iso
    .date()
    .optional()
    .meta({ title, examples: ['2026-04-01'] })

/** Lists messages that were sent and received. */
export const listMessages = action({
  name: 'List messages',
  description: 'Lists messages that were sent and received, newest first, over as many pages as it takes.',
  input: z.strictObject({
    to: z
      .string()
      .optional()
      .meta({ title: 'To', examples: ['+15558675310'] }),
    from: z
      .string()
      .optional()
      .meta({ title: 'From', examples: ['+15557122661'] }),
    sentSince: day('Sent on or after'),
    sentUntil: day('Sent on or before'),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ messages: z.array(messageSchema).meta({ title: 'Messages' }) }),
  sampleInput: { to: '+15558675310', limit: 20 },
  sampleOutput: { messages: [sampleMessage] },
  run: async (context) => {
    const { to, from, sentSince, sentUntil, limit } = context.input
    const wanted = { To: to, From: from, 'DateSent>': sentSince, 'DateSent<': sentUntil }
    const query = new URLSearchParams({ PageSize: String(Math.min(limit, 100)) })
    for (const [name, value] of Object.entries(wanted)) if (value !== undefined) query.set(name, value)
    const read = async (url: string) => {
      const { messages, next_page_uri } = await twilio.call(context, { url, answer: messagePage })
      return { items: messages, next: next_page_uri ?? undefined }
    }
    const first = accountPath(context.auth, `/Messages.json?${query}`)
    return { messages: await collectPages(read, first, { maxItems: limit }) }
  },
})
