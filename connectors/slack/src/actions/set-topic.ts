import { action, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import { channelField } from '../message.js'
import { write } from '../slack.js'

/** Sets what a channel is about. */
export const setTopic = action({
  name: "Set a channel's topic",
  description: 'Replaces the topic that is shown above a channel.',
  input: z.strictObject({
    channel: channelField,
    topic: z
      .string()
      .max(250)
      .meta({ title: 'Topic', examples: ['On call today: Kim'] }),
  }),
  output: z.object({ channel: z.string().meta({ title: 'Channel id' }) }),
  sampleInput: { channel: 'C024BE91L', topic: 'On call today: Kim' },
  sampleOutput: { channel: 'C024BE91L' },
  scopes: ['channels:manage'],
  options: { channel: channelOptions },
  run: async (context) => {
    const { channel, topic } = context.input
    await write(context, { method: 'conversations.setTopic', arguments: { channel, topic }, answer: z.object({}) })
    return { channel }
  },
})
