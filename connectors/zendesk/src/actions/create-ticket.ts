import { action, z } from '@inlay/sdk/connector'
import { ticketForm } from '../choices.js'
import { messageFields, writeComment } from '../comment.js'
import { sampleTicket, ticketAnswer, ticketFields, ticketSchema, writeTicket } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Creates a ticket. */
export const createTicket = action({
  name: 'Create a ticket',
  description: 'Creates a ticket, for a requester when you name one.',
  input: z.strictObject({
    subject: z.string().min(1).meta({ title: 'Subject' }),
    ...messageFields,
    isInternal: z.boolean().default(false).meta({ title: 'Only agents see the message' }),
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
  ...ticketForm,
  run: async (context) => {
    const { subject, message: _message, isHtml: _isHtml, files: _files, isInternal, ...rest } = context.input
    const { requesterEmail, requesterName, ...said } = rest
    const requester = requesterEmail && { email: requesterEmail, name: requesterName ?? requesterEmail }
    const comment = { ...(await writeComment(context)), public: !isInternal }
    const { ticket } = await zendesk.call(context, {
      method: 'POST',
      url: '/api/v2/tickets',
      // Zendesk keeps keys for two hours, of tickets alone.
      headers: { 'idempotency-key': context.idempotencyKey },
      json: { ticket: { subject, ...writeTicket(said), comment, requester } },
      answer: ticketAnswer,
    })
    return ticket
  },
})
