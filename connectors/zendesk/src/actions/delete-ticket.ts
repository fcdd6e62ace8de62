import { action, z } from '@inlay/sdk/connector'
import { ticketField, ticketPath } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Deletes a ticket. */
export const deleteTicket = action({
  name: 'Delete a ticket',
  description: 'Deletes a ticket. An admin can bring it back for 30 days.',
  input: z.strictObject({ ticket: ticketField }),
  output: z.object({ id: z.number().meta({ title: 'Ticket number' }) }),
  sampleInput: { ticket: 35436 },
  sampleOutput: { id: 35436 },
  scopes: ['write'],
  run: async (context) => {
    const { ticket: id } = context.input
    await zendesk.call(context, { method: 'DELETE', url: ticketPath(id) })
    return { id }
  },
})
