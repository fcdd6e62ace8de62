import { action, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketAnswer, ticketFields, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Creates a ticket. */
export const createTicket = action({
  name: 'Create a ticket',
  description: 'Creates a ticket, for a requester when you name one.',
  input: z.strictObject({
    subject: z.string().min(1).meta({ title: 'Subject' }),
    message: z.string().min(1).meta({ title: 'Message', format: 'multiline' }),
    requesterEmail: z.email().optional().meta({ title: 'E-mail address of the requester' }),
    requesterName: z
      .string()
      .optional()
      .meta({ title: 'Name of the requester', description: 'For people who are new.' }),
    ...ticketFields,
  }),
  output: ticketSchema,
  sampleInput: { subject: 'Help, my printer is on fire!', message: 'The fire is very colorful.' },
  sampleOutput: sampleTicket,
  scopes: ['write'],
  run: async (context) => {
    const { message, requesterEmail, requesterName, assigneeEmail, ...rest } = context.input
    const requester = requesterEmail && { email: requesterEmail, name: requesterName ?? requesterEmail }
    const { ticket } = await zendesk.call(context, {
      method: 'POST',
      url: '/api/v2/tickets.json',
      headers: { 'idempotency-key': context.idempotencyKey },
      json: { ticket: { ...rest, comment: { body: message }, requester, assignee_email: assigneeEmail } },
      answer: ticketAnswer,
    })
    return ticket
  },
})
