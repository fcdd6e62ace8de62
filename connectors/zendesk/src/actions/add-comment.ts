import { action, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketAnswer, ticketField, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Comments on a ticket. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Answers the requester, or leaves a note that only agents see.',
  input: z.strictObject({
    ticket: ticketField,
    message: z.string().min(1).meta({ title: 'Message', format: 'multiline' }),
    isPublic: z.boolean().default(false).meta({ title: 'The requester sees it' }),
  }),
  output: ticketSchema,
  sampleInput: { ticket: 35436, message: 'The smoke is very colorful.', isPublic: true },
  sampleOutput: sampleTicket,
  scopes: ['write'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { ticket: id, message, isPublic } = context.input
    const { ticket } = await zendesk.call(context, {
      method: 'PUT',
      url: `/api/v2/tickets/${id}.json`,
      json: { ticket: { comment: { body: message, public: isPublic } } },
      answer: ticketAnswer,
    })
    return ticket
  },
})
