import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { messageSchema, sampleMessage, textFields, toMessage } from '../message.js'
import { channelField, channelOptions, channelPath, teamField, teamOptions } from '../places.js'

/** Replies to a message of a channel. */
export const replyToMessage = action({
  name: 'Reply to a channel message',
  description: 'Replies to a conversation in a channel, in the name of the account.',
  input: z.strictObject({
    team: teamField,
    channel: channelField,
    messageId: z
      .string()
      .min(1)
      .meta({ title: 'Message id', examples: [sampleMessage.id] }),
    ...textFields,
  }),
  output: messageSchema,
  sampleInput: {
    team: 'team-1',
    channel: '19:channel-1@thread.tacv2',
    messageId: sampleMessage.id,
    text: 'It has arrived.',
  },
  sampleOutput: sampleMessage,
  scopes: ['ChannelMessage.Send'],
  options: { team: teamOptions, channel: channelOptions },
  // Graph knows no idempotency key for messages: repeating after a crash would post twice.
  delivery: 'at-most-once',
  run: (context) => {
    const { team, channel, messageId } = context.input
    return callGraph(context, {
      method: 'POST',
      url: `${channelPath(team, channel)}/messages/${encodeURIComponent(messageId)}/replies`,
      json: toMessage(context.input),
      answer: messageSchema,
    })
  },
})
