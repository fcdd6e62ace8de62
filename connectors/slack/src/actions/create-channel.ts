import { action, z } from '@inlay/sdk/connector'
import { write } from '../slack.js'

/** Creates a channel. */
export const createChannel = action({
  name: 'Create a channel',
  description: 'Creates a public or private channel, with the app in it.',
  input: z.strictObject({
    name: z
      .string()
      .regex(/^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u, 'must be small letters, digits, dashes and underscores')
      .meta({
        title: 'Name',
        description: 'Small letters, digits, dashes and underscores.',
        examples: ['order-a-1001'],
      }),
    isPrivate: z.boolean().default(false).meta({ title: 'Private' }),
  }),
  output: z.object({
    channel: z.string().meta({ title: 'Channel id' }),
    name: z.string().meta({ title: 'Name' }),
  }),
  sampleInput: { name: 'order-a-1001' },
  sampleOutput: { channel: 'C024BE91L', name: 'order-a-1001' },
  scopes: ['channels:manage'],
  // Repeating after a crash would fail, for the name is then taken.
  delivery: 'at-most-once',
  run: async (context) => {
    const { name, isPrivate } = context.input
    const { channel } = await write(context, {
      method: 'conversations.create',
      arguments: { name, is_private: isPrivate },
      answer: z.object({ channel: z.object({ id: z.string(), name: z.string() }) }),
    })
    return { channel: channel.id, name: channel.name }
  },
})
