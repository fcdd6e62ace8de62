import { action, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import { channelField, samplePlace, tsField } from '../message.js'
import { refusalCode, write } from '../slack.js'

/** Reacts to a message. */
export const addReaction = action({
  name: 'Add a reaction',
  description: 'Reacts to a message with an emoji. Once is enough: a second time changes nothing.',
  input: z.strictObject({
    channel: channelField,
    ts: tsField,
    emoji: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Emoji', description: 'Its name, with or without colons.', examples: ['eyes'] }),
  }),
  output: z.object({ emoji: z.string().meta({ title: 'Emoji' }) }),
  sampleInput: { ...samplePlace, emoji: 'eyes' },
  sampleOutput: { emoji: 'eyes' },
  scopes: ['reactions:write'],
  options: { channel: channelOptions },
  run: async (context) => {
    const { channel, ts } = context.input
    const emoji = context.input.emoji.replaceAll(':', '')
    try {
      const given = { channel, timestamp: ts, name: emoji }
      await write(context, { method: 'reactions.add', arguments: given, answer: z.object({}) })
    } catch (error) {
      if (refusalCode(error) !== 'already_reacted') throw error
    }
    return { emoji }
  },
})
