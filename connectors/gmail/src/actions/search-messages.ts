import { action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { labelOptions } from '../labels.js'
import { messageSchema, readMessages, sampleMessage, toMessage } from '../message.js'
import { findMessages, labelsField, queryField } from '../search.js'

/** Searches messages. */
export const searchMessages = action({
  name: 'Search messages',
  description: 'Finds messages as the search box of Gmail does, newest first.',
  input: z.strictObject({
    query: queryField.default(''),
    labels: labelsField,
    limit: z.coerce.number().int().min(1).max(200).default(20).meta({ title: 'At most' }),
  }),
  output: z.object({ messages: z.array(messageSchema).meta({ title: 'Messages' }) }),
  sampleInput: { query: 'from:kim@acme.example', limit: 20 },
  sampleOutput: { messages: [sampleMessage] },
  scopes: [MODIFY_SCOPE],
  options: { labels: labelOptions },
  run: async (context) => {
    const ids = await findMessages(context, context.input)
    return { messages: (await readMessages(context, ids)).map(toMessage) }
  },
})
