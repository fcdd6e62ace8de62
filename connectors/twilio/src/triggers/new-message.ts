import { cursorTime, newByTime, pages, pollingTrigger, z } from '@inlay/sdk/connector'
import { numberOptions } from '../choices.js'
import { messagePage, messageSchema, sampleMessage } from '../message.js'
import { accountPath, twilio } from '../twilio-api.js'

/** Starts for each message that was received. */
export const newMessage = pollingTrigger({
  name: 'New message',
  description: 'Starts for each message that is received. Asks Twilio every few minutes and changes nothing there.',
  input: z.strictObject({
    to: z
      .string()
      .optional()
      .meta({ title: 'To', description: 'Any number of yours, when left empty.', examples: ['+15557122661'] }),
    includeSent: z.boolean().default(false).meta({ title: 'Messages that are sent too' }),
  }),
  output: messageSchema,
  sampleOutput: { ...sampleMessage, direction: 'inbound', status: 'received' },
  options: { to: numberOptions },
  poll: async (context) => {
    const { to, includeSent } = context.input
    const since = cursorTime(context.cursor)
    const query = new URLSearchParams({ PageSize: '100' })
    if (to !== undefined) query.set('To', to)
    // Twilio compares days, not moments.
    if (since !== undefined) query.set('DateSent>', new Date(since).toISOString().slice(0, 10))
    const read = async (url: string) => {
      const { messages, next_page_uri } = await twilio.call(context, { url, answer: messagePage })
      const isOld = messages.some(({ date_created }) => Date.parse(date_created) < (since ?? 0))
      return { items: messages, next: isOld ? undefined : (next_page_uri ?? undefined) }
    }
    const found: z.output<typeof messageSchema>[] = []
    const first = accountPath(context.auth, `/Messages.json?${query}`)
    for await (const message of pages(read, first, { maxPages: context.isFirst ? 1 : 10 })) found.push(message)
    return newByTime(
      found.filter(({ direction }) => includeSent || direction === 'inbound'),
      { cursor: context.cursor, idOf: ({ sid }) => sid, timeOf: ({ date_created }) => date_created },
    )
  },
})
