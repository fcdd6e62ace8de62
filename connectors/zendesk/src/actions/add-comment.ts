import { action, z } from '@inlay/sdk/connector'
import { messageFields, writeComment } from '../comment.js'
import { idField, sampleTicket, ticketAnswer, ticketField, ticketPath, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Comments on a ticket. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Answers the requester, or leaves a note that only agents see.',
  input: z.strictObject({
    ticket: ticketField,
    ...messageFields,
    isPublic: z.boolean().default(false).meta({ title: 'The requester sees it' }),
    author: idField.optional().meta({
      title: 'Author',
      description: 'Id of the person in whose name it is written; the connected account, when empty.',
    }),
    status: z.enum(['open', 'pending', 'hold', 'solved']).optional().meta({ title: 'New status' }),
  }),
  output: ticketSchema,
  sampleInput: { ticket: 35436, message: 'The smoke is very colorful.', isPublic: true },
  sampleOutput: sampleTicket,
  scopes: ['write'],
  // Zendesk honours no key here: a comment that is sent again stands there twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { ticket: id, isPublic, author, status } = context.input
    const comment = { ...(await writeComment(context)), public: isPublic, author_id: author }
    const { ticket } = await zendesk.call(context, {
      method: 'PUT',
      url: ticketPath(id),
      json: { ticket: { comment, status } },
      answer: ticketAnswer,
    })
    return ticket
  },
})
