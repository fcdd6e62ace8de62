import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { labelOptions } from '../labels.js'
import { messageSchema, readMessages, sampleMessage, toMessage } from '../message.js'
import { findMessages, labelsField, queryField } from '../search.js'

/** The first poll only learns from when on to look. */
const FIRST = 10
const MOST = 500

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
    const ids = await findMessages(context, { ...input, query, limit: since === undefined ? FIRST : MOST })
    // A mailbox in which nothing is found yet: what comes from now on is new.
    if (ids.length === 0) return { items: [], cursor: cursor ?? { at: now, seen: [] } }
    const messages = await readMessages(context, ids)
    return newByTime(messages, {
      cursor,
      idOf: ({ id }) => id,
      timeOf: ({ internalDate }) => Number(internalDate),
      dataOf: toMessage,
    })
  },
})
