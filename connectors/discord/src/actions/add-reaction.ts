import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageField, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

/** Reacts to a message. */
export const addReaction = action({
  name: 'Add a reaction',
  description: 'Reacts to a message with an emoji.',
  input: z.strictObject({
    channel: channelField,
    message: messageField,
    emoji: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Emoji', description: 'Or name:id of one of the server’s own.', examples: ['👍'] }),
  }),
  output: z.object({}),
  sampleInput: { channel: '41771983423143937', message: sampleMessage.id, emoji: '👍' },
  sampleOutput: {},
  options: { channel: channelOptions },
  run: async (context) => {
    const { channel, message, emoji } = context.input
    const url = `/channels/${channel}/messages/${message}/reactions/${encodeURIComponent(emoji)}/@me`
    await discord.call(context, { method: 'PUT', url })
    return {}
  },
})
