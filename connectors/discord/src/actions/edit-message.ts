import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { messageField, messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions } from '../places.js'

/** Changes a message of the bot. */
export const editMessage = action({
  name: 'Change a message',
  description: 'Changes the text of a message that the bot has sent.',
  input: z.strictObject({
    channel: channelField,
    message: messageField,
    text: z
      .string()
      .min(1)
      .max(2000)
      .meta({ title: 'Text', format: 'multiline', examples: ['Delivered.'] }),
  }),
  output: messageSchema,
  sampleInput: { channel: '41771983423143937', message: sampleMessage.id, text: 'Delivered.' },
  sampleOutput: { ...sampleMessage, content: 'Delivered.' },
  options: { channel: channelOptions },
  run: (context) => {
    const { channel, message, text } = context.input
    const url = `/channels/${channel}/messages/${message}`
    return discord.call(context, { method: 'PATCH', url, json: { content: text }, answer: messageSchema })
  },
})
