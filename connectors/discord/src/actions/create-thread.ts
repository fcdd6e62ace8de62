import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageField, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

const thread = z.object({ id: z.string().meta({ title: 'Id' }), name: z.string().meta({ title: 'Name' }) })

/** Opens a thread below a message. */
export const createThread = action({
  name: 'Open a thread',
  description: 'Opens a thread below a message.',
  input: z.strictObject({
    channel: channelField,
    message: messageField,
    name: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Name', examples: ['Order A-1001'] }),
    archiveAfterMinutes: z.coerce
      .number()
      .pipe(z.union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10_080)]))
      .default(1440)
      .meta({ title: 'Archive after minutes', description: '60, 1440, 4320 or 10080 of silence.' }),
  }),
  output: thread,
  sampleInput: { channel: '41771983423143937', message: sampleMessage.id, name: 'Order A-1001' },
  sampleOutput: { id: sampleMessage.id, name: 'Order A-1001' },
  options: { channel: channelOptions },
  run: (context) => {
    const { channel, message, name, archiveAfterMinutes } = context.input
    const json = { name, auto_archive_duration: archiveAfterMinutes }
    const url = `/channels/${channel}/messages/${message}/threads`
    return discord.call(context, { method: 'POST', url, json, answer: thread })
  },
})
