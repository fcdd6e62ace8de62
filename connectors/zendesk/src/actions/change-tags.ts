import { action, z } from '@inlay/sdk/connector'
import { ticketField, ticketPath } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

const tagsAnswer = z.object({ tags: z.array(z.string()).meta({ title: 'Tags' }) })

/** Adds and takes away tags. */
export const changeTags = action({
  name: 'Add or remove tags',
  description: 'Adds tags to a ticket and takes tags away; the others stay.',
  input: z.strictObject({
    ticket: ticketField,
    add: z
      .array(z.string().min(1))
      .default([])
      .meta({ title: 'Add', examples: [['urgent']] }),
    remove: z.array(z.string().min(1)).default([]).meta({ title: 'Remove' }),
  }),
  output: tagsAnswer,
  sampleInput: { ticket: 35436, add: ['important'] },
  sampleOutput: { tags: ['enterprise', 'important'] },
  scopes: ['read', 'write'],
  run: async (context) => {
    const { ticket, add, remove } = context.input
    const url = `${ticketPath(ticket)}/tags`
    if (add.length > 0) await zendesk.call(context, { method: 'PUT', url, json: { tags: add } })
    if (remove.length > 0) await zendesk.call(context, { method: 'DELETE', url, json: { tags: remove } })
    return zendesk.call(context, { url, answer: tagsAnswer })
  },
})
