import { action, collectPages, z } from '@inlay/sdk/connector'
import { listedChannel, pageMark } from '../choices.js'
import { read } from '../slack.js'

const PAGE_SIZE = 200

/** Lists channels. */
export const listChannels = action({
  name: 'List channels',
  description: 'Lists the channels that the app sees.',
  input: z.strictObject({
    includePrivate: z.boolean().default(false).meta({ title: 'Private channels too' }),
    includeArchived: z.boolean().default(false).meta({ title: 'Archived channels too' }),
    limit: z.int().min(1).max(1000).default(200).meta({ title: 'At most' }),
  }),
  output: z.object({
    channels: z
      .array(
        z.object({
          id: z.string().meta({ title: 'Channel id' }),
          name: z.string().meta({ title: 'Name' }),
          isPrivate: z.boolean().meta({ title: 'Private' }),
        }),
      )
      .meta({ title: 'Channels' }),
  }),
  sampleInput: { limit: 50 },
  sampleOutput: { channels: [{ id: 'C024BE91L', name: 'orders', isPrivate: false }] },
  scopes: ['channels:read'],
  run: async (context) => {
    const { includePrivate, includeArchived, limit } = context.input
    const types = includePrivate ? 'public_channel,private_channel' : 'public_channel'
    const readPage = async (cursor: string) => {
      const { channels, response_metadata } = await read(context, {
        method: 'conversations.list',
        arguments: {
          types,
          exclude_archived: !includeArchived,
          limit: PAGE_SIZE,
          cursor: cursor === '' ? undefined : cursor,
        },
        answer: z.object({ channels: z.array(listedChannel), response_metadata: pageMark }),
      })
      return { items: channels, next: response_metadata }
    }
    const found = await collectPages(readPage, '', { maxItems: limit })
    return { channels: found.map(({ id, name, is_private }) => ({ id, name, isPrivate: is_private })) }
  },
})
