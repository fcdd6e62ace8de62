import { jsonValue, pollingTrigger, z } from '@inlay/sdk/connector'
import { callGraph, isForgotten } from '../graph-api.js'
import { isWritten, listedMessageSchema, messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions, channelPath, pageOf, teamField, teamOptions } from '../places.js'

/** What was taken away is told of by its id alone. */
const removed = z.object({ id: z.string(), '@removed': z.unknown().refine((value) => value !== undefined) })
const deltaPage = pageOf(z.union([removed, listedMessageSchema])).extend({
  '@odata.deltaLink': z.string().optional(),
})

/** `since`: messages from before are told of when they are edited, but are not new. */
const cursorSchema = z.object({ link: z.string(), since: z.number() })

/** Starts for each new message of a channel. */
export const newChannelMessage = pollingTrigger({
  name: 'New channel message',
  description: 'Starts for each conversation that begins in a channel. Asks Teams every few minutes.',
  input: z.strictObject({ team: teamField, channel: channelField }),
  output: messageSchema,
  sampleOutput: sampleMessage,
  scopes: ['ChannelMessage.Read.All'],
  options: { team: teamOptions, channel: channelOptions },
  poll: async (context) => {
    const { team, channel } = context.input
    const kept = cursorSchema.safeParse(context.cursor).data
    const since = kept?.since ?? context.now
    const filter = { $filter: `lastModifiedDateTime gt ${new Date(since).toISOString()}`, $top: '50' }
    const first = `${channelPath(team, channel)}/messages/delta?${new URLSearchParams(filter)}`
    const read = (url: string) => callGraph(context, { url, answer: deltaPage })
    const page = await read(kept?.link ?? first).catch((error: unknown) => {
      // Graph forgets where a reader was after some days; what was told before is recognised by its id.
      if (kept !== undefined && isForgotten(error)) return read(first)
      throw error
    })
    const next = page['@odata.nextLink']
    const messages = page.value
      .flatMap((each) => ('@removed' in each ? [] : [each]))
      .filter((each) => isWritten(each) && Date.parse(each.createdDateTime) >= since)
      .sort((a, b) => Date.parse(a.createdDateTime) - Date.parse(b.createdDateTime))
    return {
      items: messages.map((message) => ({ id: message.id, data: jsonValue.parse(messageSchema.parse(message)) })),
      cursor: { link: next ?? page['@odata.deltaLink'] ?? first, since },
      hasMore: next !== undefined,
    }
  },
})
