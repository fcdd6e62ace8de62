import { pollingTrigger, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketSchema } from '../ticket.js'
import { changes } from './changes.js'

const common = { input: z.strictObject({}), output: ticketSchema, sampleOutput: sampleTicket, scopes: ['read'] }

/** Starts for each new ticket. */
export const newTicket = pollingTrigger({
  ...common,
  name: 'New ticket',
  description: 'Starts for each new ticket. Asks Zendesk every few minutes; the account must be an admin’s.',
  poll: (context) =>
    changes(context, {
      name: 'tickets',
      item: ticketSchema,
      // A ticket is exported with each change: ids that were told before are dropped, older ones are left out here.
      select: (tickets, since) =>
        tickets
          .filter(({ created_at }) => Date.parse(created_at) >= since)
          .map((ticket) => ({ id: String(ticket.id), data: ticket })),
    }),
})

/** Starts for each change of a ticket. */
export const updatedTicket = pollingTrigger({
  ...common,
  name: 'New or changed ticket',
  description: 'Starts for each change of a ticket. Asks Zendesk every few minutes; the account must be an admin’s.',
  poll: (context) =>
    changes(context, {
      name: 'tickets',
      item: ticketSchema,
      select: (tickets) => tickets.map((ticket) => ({ id: `${ticket.id}:${ticket.updated_at}`, data: ticket })),
    }),
})
