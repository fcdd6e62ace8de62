import { appWebhookTrigger, type TriggerItem, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import { channelField } from '../message.js'

const reaction = z.object({
  user: z.string(),
  reaction: z.string(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  item_user: z.string().optional(),
})

/** Starts when somebody reacts to a message. */
export const reactionAdded = appWebhookTrigger({
  name: 'Reaction added',
  description: 'Starts when somebody reacts to a message with an emoji.',
  input: z.strictObject({
    emoji: z
      .string()
      .optional()
      .meta({ title: 'Emoji', description: 'Its name without colons; any, when left empty.', examples: ['eyes'] }),
    channel: channelField
      .optional()
      .meta({ title: 'Channel', description: 'Any that the app is in, when left empty.' }),
  }),
  output: z.object({
    emoji: z.string().meta({ title: 'Emoji' }),
    user: z.string().meta({ title: 'Person id', description: 'Who reacted.' }),
    channel: z.string().meta({ title: 'Channel id' }),
    ts: z.string().meta({ title: 'Message id (ts)' }),
    author: z.string().nullable().meta({ title: 'Author id', description: 'Who wrote the message.' }),
  }),
  sampleOutput: {
    emoji: 'thumbsup',
    user: 'U024BE7LH',
    channel: 'C0G9QF9GZ',
    ts: '1360782400.498405',
    author: 'U0G9QF9C6',
  },
  scopes: ['reactions:read'],
  events: ['reaction_added'],
  options: { channel: channelOptions },
  parse: ({ event, input }): TriggerItem[] => {
    const told = reaction.safeParse(event.data)
    if (!told.success) return []
    const { user, reaction: emoji, item, item_user = null } = told.data
    const wanted = input.emoji?.replaceAll(':', '')
    if (wanted !== undefined && wanted !== emoji) return []
    if (input.channel !== undefined && input.channel !== item.channel) return []
    return [{ id: event.id, data: { emoji, user, channel: item.channel, ts: item.ts, author: item_user } }]
  },
})
