import { action, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketAnswer, ticketField, ticketFields, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Changes a ticket. */
export const updateTicket = action({
  name: 'Change a ticket',
  description: 'Changes what is given; the rest stays as it is.',
  input: z.strictObject({
    ticket: ticketField,
    subject: z.string().optional().meta({ title: 'Subject' }),
    ...ticketFields,
  }),
  output: ticketSchema,
  sampleInput: { ticket: 35436, status: 'solved' },
  sampleOutput: { ...sampleTicket, status: 'solved' },
  scopes: ['write'],
  run: async (context) => {
    const { ticket: id, assigneeEmail, ...rest } = context.input
    const { ticket } = await zendesk.call(context, {
      method: 'PUT',
      url: `/api/v2/tickets/${id}.json`,
      json: { ticket: { ...rest, assignee_email: assigneeEmail } },
      answer: ticketAnswer,
    })
    return ticket
  },
})
