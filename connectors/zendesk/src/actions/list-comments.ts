import { action, z } from '@inlay/sdk/connector'
import { commentSchema, sampleAttachment } from '../comment.js'
import { ticketField, ticketPath } from '../ticket.js'
import { listAll } from '../zendesk-api.js'

/** Reads what was written on a ticket. */
export const listComments = action({
  name: 'List comments',
  description: 'Reads the comments on a ticket with their files.',
  input: z.strictObject({
    ticket: ticketField,
    order: z.enum(['oldest first', 'newest first']).default('oldest first').meta({ title: 'Order' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ comments: z.array(commentSchema).meta({ title: 'Comments' }) }),
  sampleInput: { ticket: 35436 },
  sampleOutput: {
    comments: [
      {
        id: 1274,
        author_id: 123123,
        public: true,
        plain_body: 'Thanks for your help!',
        body: 'Thanks for your help!',
        html_body: '<p>Thanks for your help!</p>',
        attachments: [sampleAttachment],
        created_at: '2026-04-01T10:05:00Z',
      },
    ],
  },
  scopes: ['read'],
  run: async (context) => {
    const { ticket, order, limit } = context.input
    const query = { sort: order === 'newest first' ? '-created_at' : 'created_at' }
    const url = `${ticketPath(ticket)}/comments`
    return { comments: await listAll(context, { url, query, name: 'comments', item: commentSchema, limit }) }
  },
})
