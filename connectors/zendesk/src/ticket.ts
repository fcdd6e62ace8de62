import { z } from '@inlay/sdk/connector'

/** A ticket as Zendesk tells of one. */
export const ticketSchema = z.object({
  id: z.number().meta({ title: 'Ticket number' }),
  subject: z.string().nullable().meta({ title: 'Subject' }),
  description: z.string().nullable().meta({ title: 'First message' }),
  status: z.string().meta({ title: 'Status' }),
  priority: z.string().nullable().meta({ title: 'Priority' }),
  requester_id: z.number().nullable().meta({ title: 'Id of the requester' }),
  assignee_id: z.number().nullable().meta({ title: 'Id of the assignee' }),
  tags: z.array(z.string()).meta({ title: 'Tags' }),
  created_at: z.string().meta({ title: 'Created' }),
  updated_at: z.string().meta({ title: 'Changed' }),
})

/** A ticket as in Zendesk's documentation. */
export const sampleTicket = {
  id: 35436,
  subject: 'Help, my printer is on fire!',
  description: 'The fire is very colorful.',
  status: 'open',
  priority: 'high',
  requester_id: 20978392,
  assignee_id: 235323,
  tags: ['enterprise'],
  created_at: '2026-04-01T10:00:00Z',
  updated_at: '2026-04-01T10:05:00Z',
}

/** An answer that holds one ticket. */
export const ticketAnswer = z.object({ ticket: ticketSchema })

/** The field by which actions name a ticket. */
export const ticketField = z.coerce
  .number()
  .int()
  .positive()
  .meta({ title: 'Ticket number', examples: [35436] })

/** What can be said of a ticket. */
export const ticketFields = {
  priority: z.enum(['low', 'normal', 'high', 'urgent']).optional().meta({ title: 'Priority' }),
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved']).optional().meta({ title: 'Status' }),
  assigneeEmail: z.email().optional().meta({ title: 'Assignee', description: 'E-mail address of an agent.' }),
  tags: z.array(z.string()).optional().meta({ title: 'Tags', description: 'Replaces those there are.' }),
}
