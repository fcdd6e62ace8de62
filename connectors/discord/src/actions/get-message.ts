import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageField, messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

/** Reads a message. */
export const getMessage = action({
  name: 'Get a message',
  description: 'Reads one message of a channel.',
  input: z.strictObject({ channel: channelField, message: messageField }),
  output: messageSchema,
  sampleInput: { channel: '41771983423143937', message: sampleMessage.id },
  sampleOutput: sampleMessage,
  options: { channel: channelOptions },
  run: (context) => {
    const { channel, message } = context.input
    return discord.call(context, { url: `/channels/${channel}/messages/${message}`, answer: messageSchema })
  },
})
