import { action, z } from '@inlay/sdk/connector'
import { channelOptions, userOptions } from '../choices.js'
import { channelField } from '../message.js'
import { refusalCode, write } from '../slack.js'

/** Invites people to a channel. */
export const inviteToChannel = action({
  name: 'Invite to a channel',
  description: 'Adds people to a channel. Those who are in it already stay.',
  input: z.strictObject({
    channel: channelField,
    users: z.array(z.string().min(1)).min(1).max(100).meta({ title: 'People' }),
  }),
  output: z.object({ channel: z.string().meta({ title: 'Channel id' }) }),
  sampleInput: { channel: 'C024BE91L', users: ['U2147483697'] },
  sampleOutput: { channel: 'C024BE91L' },
  scopes: ['channels:manage'],
  options: { channel: channelOptions, users: userOptions },
  run: async (context) => {
    const { channel, users } = context.input
    // One at a time: of several, Slack refuses all when one of them is in the channel.
    for (const user of users) {
      try {
        await write(context, {
          method: 'conversations.invite',
          arguments: { channel, users: user },
          answer: z.object({}),
        })
      } catch (error) {
        if (refusalCode(error) !== 'already_in_channel') throw error
      }
    }
    return { channel }
  },
})
