import { newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

/** Starts for each new message of a channel. */
export const newMessage = pollingTrigger({
  name: 'New message',
  description: 'Starts for each message in a channel. Asks Discord every few minutes, for the last 100.',
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
    const url = `/channels/${channel}/messages?limit=100`
    const messages = await discord.call(context, { url, answer: z.array(messageSchema) })
    return newByTime(
      messages.filter(({ author }) => bots || author.bot !== true),
      { cursor: context.cursor, idOf: ({ id }) => id, timeOf: ({ timestamp }) => timestamp },
    )
  },
})
