import { action, collectPages, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { isWritten, listedMessageSchema, messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions, channelPath, pageOf, teamField, teamOptions } from '../places.js'

const PAGE_SIZE = 50

/** Lists messages of a channel. */
export const listMessages = action({
  name: 'List channel messages',
  description: 'Lists the conversations of a channel, or the replies to one, the latest first.',
  input: z.strictObject({
    team: teamField,
    channel: channelField,
    messageId: z
      .string()
      .min(1)
      .optional()
      .meta({ title: 'Replies to', description: 'The id of a message; left empty, conversations are listed.' }),
    limit: z.coerce.number().int().min(1).max(500).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ messages: z.array(messageSchema).meta({ title: 'Messages' }) }),
  sampleInput: { team: 'team-1', channel: '19:channel-1@thread.tacv2', limit: 20 },
  sampleOutput: { messages: [sampleMessage] },
  scopes: ['ChannelMessage.Read.All'],
  options: { team: teamOptions, channel: channelOptions },
  run: async (context) => {
    const { team, channel, messageId, limit } = context.input
    const read = async (url: string) => {
      const page = await callGraph(context, { url, answer: pageOf(listedMessageSchema) })
      return { items: page.value.filter(isWritten), next: page['@odata.nextLink'] }
    }
    const replies = messageId === undefined ? '' : `/${encodeURIComponent(messageId)}/replies`
    const first = `${channelPath(team, channel)}/messages${replies}?$top=${Math.min(limit, PAGE_SIZE)}`
    const found = await collectPages(read, first, { maxItems: limit })
    return { messages: found.map((message) => messageSchema.parse(message)) }
  },
})
