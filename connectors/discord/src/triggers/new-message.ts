import { collectPages, cursorTime, newByTime, type PollContext, pollingTrigger, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

const PAGE_SIZE = 100
/** More than a channel has in the time between two polls. */
const MAX_MESSAGES = 2000

/** Starts for each new message of a channel. */
export const newMessage = pollingTrigger({
  name: 'New message',
  description: `Starts for each message in a channel. Asks Discord every few minutes, for up to ${MAX_MESSAGES} at a time.`,
  input: z.strictObject({
    channel: channelField,
    bots: z.boolean().default(false).meta({ title: 'Messages of bots too' }),
  }),
  output: messageSchema,
  sampleOutput: sampleMessage,
  options: { channel: channelOptions },
  intervalMs: 60_000,
  poll: async (context) => {
    const { channel, bots } = context.input
    const messages = await readMessages(context, channel)
    return newByTime(
      messages.filter(({ author }) => bots || author.bot !== true),
      { cursor: context.cursor, idOf: ({ id }) => id, timeOf: ({ timestamp }) => timestamp },
    )
  },
})

/** Newest first, back to the poll before; the first poll reads one page. */
function readMessages(context: PollContext, channel: string) {
  const since = cursorTime(context.cursor) ?? Number.POSITIVE_INFINITY
  const read = async (before: string) => {
    const url = `/channels/${channel}/messages`
    const query = { limit: PAGE_SIZE, before: before === '' ? undefined : before }
    const messages = await discord.call(context, { url, query, answer: z.array(messageSchema) })
    const oldest = messages.at(-1)
    const isEnough = oldest === undefined || messages.length < PAGE_SIZE || Date.parse(oldest.timestamp) < since
    return { items: messages, next: isEnough ? undefined : oldest.id }
  }
  return collectPages(read, '', { maxItems: MAX_MESSAGES })
}
