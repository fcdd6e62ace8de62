import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { labelOptions } from '../labels.js'
import { messageSchema, readMessages, sampleMessage, toMessage } from '../message.js'
import { findMessages, labelsField, queryField } from '../search.js'

/** The first poll only learns from when on to look. */
const FIRST = 10
/** Ids come 500 in a request; messages one by one, so that the rest of them is left to the polls that follow at once. */
const MOST_FOUND = 5000
const MOST_READ = 200

/** The ids that `newByTime` remembers: they need not be read again. */
const seen = z
  .object({ seen: z.array(z.tuple([z.string(), z.number()])) })
  .transform((kept) => kept.seen.map(([id]) => id))
  .catch([])

/** Starts for each message that a search finds. */
export const newMessage = pollingTrigger({
  name: 'New message',
  description: 'Starts for each new message that a search of Gmail finds. Asks every few minutes.',
  input: z.strictObject({ query: queryField.default('in:inbox'), labels: labelsField }),
  output: messageSchema,
  sampleOutput: sampleMessage,
  scopes: [MODIFY_SCOPE],
  options: { labels: labelOptions },
  poll: async (context) => {
    const { input, cursor, now } = context
    const since = cursorTime(cursor)
    // Gmail compares with the same moment as `internalDate`, in seconds, and leaves out that very second.
    const after = since === undefined ? '' : ` after:${Math.floor(since / 1000) - 1}`
    const query = `${input.query.includes(' OR ') ? `(${input.query})` : input.query}${after}`.trim()
    const ids = await findMessages(context, { ...input, query, limit: since === undefined ? FIRST : MOST_FOUND })
    // A mailbox in which nothing is found yet: what comes from now on is new.
    if (ids.length === 0) return { items: [], cursor: cursor ?? { at: now, seen: [] } }
    const known = new Set(seen.parse(cursor))
    const unread = ids.filter((id) => !known.has(id))
    // The newest come first: what has waited longest is read first.
    const messages = await readMessages(context, unread.slice(-MOST_READ))
    const result = newByTime(messages, {
      cursor,
      idOf: ({ id }) => id,
      timeOf: ({ internalDate }) => Number(internalDate),
      dataOf: toMessage,
    })
    return { ...result, hasMore: since !== undefined && unread.length > MOST_READ }
  },
})
