import { action, z } from '@inlay/sdk/connector'
import { ticketForm } from '../choices.js'
import {
  sampleTicket,
  ticketAnswer,
  ticketField,
  ticketFields,
  ticketPath,
  ticketSchema,
  writeTicket,
} from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Changes a ticket. */
export const updateTicket = action({
  name: 'Change a ticket',
  description: 'Changes what is given; the rest stays as it is. Closed tickets cannot be changed.',
  input: z.strictObject({
    ticket: ticketField,
    subject: z.string().optional().meta({ title: 'Subject' }),
    ...ticketFields,
  }),
  output: ticketSchema,
  sampleInput: { ticket: 35436, status: 'solved' },
  sampleOutput: { ...sampleTicket, status: 'solved' },
  scopes: ['write'],
  ...ticketForm,
  run: async (context) => {
    const { ticket: id, subject, ...said } = context.input
    const { ticket } = await zendesk.call(context, {
      method: 'PUT',
      url: ticketPath(id),
      json: { ticket: { subject, ...writeTicket(said) } },
      answer: ticketAnswer,
    })
    return ticket
  },
})
