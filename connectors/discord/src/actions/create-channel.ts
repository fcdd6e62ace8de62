import { action, z } from '@inlay/sdk/connector'
import { CHANNEL_KINDS, channelSchema, sampleChannel } from '../channel.js'
import { discord } from '../discord-api.js'
import { categoryOptions, serverField, serverOptions } from '../places.js'

/** Makes a channel. */
export const createChannel = action({
  name: 'Create a channel',
  description: 'Makes a channel in a server. The bot needs the permission "Manage Channels".',
  input: z.strictObject({
    server: serverField,
    name: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Name', examples: [sampleChannel.name] }),
    kind: z.enum(['text', 'voice', 'category', 'announcement', 'forum']).default('text').meta({ title: 'Kind' }),
    topic: z.string().max(1024).optional().meta({ title: 'Topic' }),
    category: z
      .string()
      .regex(/^\d+$/, 'must be an id of digits')
      .optional()
      .meta({ title: 'Category', description: 'By default none.' }),
  }),
  output: channelSchema,
  sampleInput: { server: '197038439483310086', name: sampleChannel.name },
  sampleOutput: sampleChannel,
  options: { server: serverOptions, category: categoryOptions },
  // Names need not be unique: repeating after a crash would make a second channel.
  delivery: 'at-most-once',
  run: (context) => {
    const { server, kind, category, ...rest } = context.input
    const json = { ...rest, type: CHANNEL_KINDS[kind], parent_id: category }
    return discord.call(context, {
      method: 'POST',
      url: `/guilds/${server}/channels`,
      json,
      answer: channelSchema,
    })
  },
})
