import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { messageSchema, sampleMessage, textFields, toMessage } from '../message.js'
import { channelField, channelOptions, channelPath, teamField, teamOptions } from '../places.js'

/** Sends a message to a channel. */
export const sendChannelMessage = action({
  name: 'Send a channel message',
  description: 'Starts a conversation in a channel, in the name of the account.',
  input: z.strictObject({
    team: teamField,
    channel: channelField,
    ...textFields,
    subject: z.string().optional().meta({ title: 'Subject' }),
    importance: z.enum(['normal', 'high', 'urgent']).default('normal').meta({ title: 'Importance' }),
  }),
  output: messageSchema,
  sampleInput: { team: 'team-1', channel: '19:channel-1@thread.tacv2', text: 'The order is on its way.' },
  sampleOutput: sampleMessage,
  scopes: ['ChannelMessage.Send'],
  options: { team: teamOptions, channel: channelOptions },
  // Graph knows no idempotency key for messages: repeating after a crash would post twice.
  delivery: 'at-most-once',
  run: (context) => {
    const { team, channel, subject, importance } = context.input
    return callGraph(context, {
      method: 'POST',
      url: `${channelPath(team, channel)}/messages`,
      json: { subject, importance, ...toMessage(context.input) },
      answer: messageSchema,
    })
  },
})
