import { action, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketAnswer, ticketField, ticketPath, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Reads a ticket. */
export const getTicket = action({
  name: 'Get a ticket',
  description: 'Reads one ticket by its number.',
  input: z.strictObject({ ticket: ticketField }),
  output: ticketSchema,
  sampleInput: { ticket: 35436 },
  sampleOutput: sampleTicket,
  scopes: ['read'],
  run: async (context) => {
    const url = ticketPath(context.input.ticket)
    const { ticket } = await zendesk.call(context, { url, answer: ticketAnswer })
    return ticket
  },
})
