import { action, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketSchema } from '../ticket.js'
import { search } from '../zendesk-api.js'

/** Searches tickets. */
export const searchTickets = action({
  name: 'Search tickets',
  description: 'Finds tickets by Zendesk’s search words, oldest first. What is new is found after some minutes.',
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
  run: async (context) => ({
    tickets: await search(context, { type: 'ticket', item: ticketSchema, ...context.input }),
  }),
})
