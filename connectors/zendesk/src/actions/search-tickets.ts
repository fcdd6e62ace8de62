import { action, collectPages, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

const page = z.object({
  results: z.array(ticketSchema),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }),
})

/** Searches tickets. */
export const searchTickets = action({
  name: 'Search tickets',
  description: 'Finds tickets by Zendesk’s search words.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .meta({ title: 'Search', examples: ['status<solved priority:high'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ tickets: z.array(ticketSchema).meta({ title: 'Tickets' }) }),
  sampleInput: { query: 'status:open' },
  sampleOutput: { tickets: [sampleTicket] },
  scopes: ['read'],
  run: async (context) => {
    const { query, limit } = context.input
    const read = async (after: string) => {
      const cursor = after === '' ? undefined : after
      const { results, meta } = await zendesk.call(context, {
        url: '/api/v2/search/export.json',
        query: { query, 'filter[type]': 'ticket', 'page[size]': Math.min(limit, 100), 'page[after]': cursor },
        answer: page,
      })
      return { items: results, next: meta.has_more ? (meta.after_cursor ?? undefined) : undefined }
    }
    return { tickets: await collectPages(read, '', { maxItems: limit }) }
  },
})
