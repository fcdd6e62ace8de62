import { jsonValue, pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { messageSchema, sampleMessage } from '../message.js'
import { channelField, channelOptions, channelPath, pageOf, teamField, teamOptions } from '../places.js'

const listed = messageSchema.extend({ messageType: z.string().nullish(), deletedDateTime: z.string().nullish() })
const deltaPage = pageOf(listed).extend({ '@odata.deltaLink': z.string().optional() })

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
    const since = cursorSchema.safeParse(context.cursor).data?.since ?? context.now
    const filter = new URLSearchParams({ $filter: `lastModifiedDateTime gt ${new Date(since).toISOString()}` })
    const first = `${channelPath(team, channel)}/messages/delta?${filter}`
    const read = (url: string) => callGraph(context, { url, answer: deltaPage })
    const url = cursorSchema.safeParse(context.cursor).data?.link ?? first
    const page = await read(url).catch((error: unknown) => {
      // Graph forgets where a reader was after some days; what was told before is recognised by its id.
      if (url !== first && error instanceof StepError && isForgotten(error)) return read(first)
      throw error
    })
    const next = page['@odata.nextLink']
    const messages = page.value
      .filter(({ messageType, deletedDateTime }) => (messageType ?? 'message') === 'message' && !deletedDateTime)
      .filter(({ createdDateTime }) => Date.parse(createdDateTime) >= since)
      .sort((a, b) => Date.parse(a.createdDateTime) - Date.parse(b.createdDateTime))
    return {
      items: messages.map((message) => ({ id: message.id, data: jsonValue.parse(messageSchema.parse(message)) })),
      cursor: { link: next ?? page['@odata.deltaLink'] ?? first, since },
      hasMore: next !== undefined,
    }
  },
})

function isForgotten(error: StepError): boolean {
  return z.object({ status: z.literal(410) }).safeParse(error.data).success
}
