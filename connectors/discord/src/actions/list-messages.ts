import { action, collectPages, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

const PAGE_SIZE = 100

/** Lists messages. */
export const listMessages = action({
  name: 'List messages',
  description: 'Lists the messages of a channel, newest first.',
  input: z.strictObject({
    channel: channelField,
    limit: z.coerce.number().int().min(1).max(1000).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ messages: z.array(messageSchema).meta({ title: 'Messages' }) }),
  sampleInput: { channel: '41771983423143937' },
  sampleOutput: { messages: [sampleMessage] },
  options: { channel: channelOptions },
  run: async (context) => {
    const { channel, limit } = context.input
    const size = Math.min(PAGE_SIZE, limit)
    const read = async (before: string) => {
      const items = await discord.call(context, {
        url: `/channels/${channel}/messages`,
        query: { limit: size, before: before === '' ? undefined : before },
        answer: z.array(messageSchema),
      })
      return { items, next: items.length < size ? undefined : items.at(-1)?.id }
    }
    return { messages: await collectPages(read, '', { maxItems: limit }) }
  },
})
