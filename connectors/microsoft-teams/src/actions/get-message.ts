import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions, channelPath, teamField, teamOptions } from '../places.js'

/** Reads a message of a channel. */
export const getMessage = action({
  name: 'Get a channel message',
  description: 'Reads a message of a channel, or a reply to one.',
  input: z.strictObject({
    team: teamField,
    channel: channelField,
    messageId: z
      .string()
      .min(1)
      .meta({ title: 'Message id', examples: [sampleMessage.id] }),
    replyId: z.string().min(1).optional().meta({ title: 'Reply id', description: 'To read a reply to the message.' }),
  }),
  output: messageSchema,
  sampleInput: { team: 'team-1', channel: '19:channel-1@thread.tacv2', messageId: sampleMessage.id },
  sampleOutput: sampleMessage,
  scopes: ['ChannelMessage.Read.All'],
  options: { team: teamOptions, channel: channelOptions },
  run: (context) => {
    const { team, channel, messageId, replyId } = context.input
    const url = `${channelPath(team, channel)}/messages/${encodeURIComponent(messageId)}`
    const reply = replyId === undefined ? '' : `/replies/${encodeURIComponent(replyId)}`
    return callGraph(context, { url: `${url}${reply}`, answer: messageSchema })
  },
})
