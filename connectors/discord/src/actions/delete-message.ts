import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageField, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

/** Deletes a message. */
export const deleteMessage = action({
  name: 'Delete a message',
  description: 'Deletes a message of the bot, or of others when it may manage messages.',
  input: z.strictObject({ channel: channelField, message: messageField }),
  output: z.object({}),
  sampleInput: { channel: '41771983423143937', message: sampleMessage.id },
  sampleOutput: {},
  options: { channel: channelOptions },
  run: async (context) => {
    const { channel, message } = context.input
    await discord.call(context, { method: 'DELETE', url: `/channels/${channel}/messages/${message}` })
    return {}
  },
})
