import { type JsonInput, jsonValue, z } from '@inlay/sdk/connector'

const id = z.number().nullable().default(null)
const text = z.string().nullable().default(null)

/** The value of a field of the account's own. */
const customField = z.object({ id: z.number(), value: jsonValue })

/** A ticket as Zendesk tells of one. */
export const ticketSchema = z.object({
  id: z.number().meta({ title: 'Ticket number' }),
  subject: z.string().nullable().meta({ title: 'Subject' }),
  description: z.string().nullable().meta({ title: 'First message' }),
  type: text.meta({ title: 'Type' }),
  status: z.string().meta({ title: 'Status' }),
  priority: z.string().nullable().meta({ title: 'Priority' }),
  requester_id: id.meta({ title: 'Id of the requester' }),
  assignee_id: id.meta({ title: 'Id of the assignee' }),
  group_id: id.meta({ title: 'Id of the group' }),
  organization_id: id.meta({ title: 'Id of the organization' }),
  ticket_form_id: id.meta({ title: 'Id of the form' }),
  external_id: text.meta({ title: 'Id in another system' }),
  tags: z.array(z.string()).meta({ title: 'Tags' }),
  custom_fields: z.array(customField).default([]).meta({ title: 'Fields of your own' }),
  created_at: z.string().meta({ title: 'Created' }),
  updated_at: z.string().meta({ title: 'Changed' }),
})

/** A ticket as in Zendesk's documentation. */
export const sampleTicket = {
  id: 35436,
  subject: 'Help, my printer is on fire!',
  description: 'The fire is very colorful.',
  type: 'incident',
  status: 'open',
  priority: 'high',
  requester_id: 20978392,
  assignee_id: 235323,
  group_id: 98738,
  organization_id: 509974,
  ticket_form_id: null,
  external_id: 'ahg35h3jh',
  tags: ['enterprise', 'other_tag'],
  custom_fields: [{ id: 27642, value: '745' }],
  created_at: '2026-04-01T10:00:00Z',
  updated_at: '2026-04-01T10:05:00Z',
}

/** An answer that holds one ticket. */
export const ticketAnswer = z.object({ ticket: ticketSchema })

/** A number by which Zendesk knows a thing. */
export const idField = z.coerce.number().int().positive()

/** The field by which actions name a ticket. */
export const ticketField = idField.meta({ title: 'Ticket number', examples: [35436] })

/** Where a ticket is. */
export function ticketPath(ticket: number): string {
  return `/api/v2/tickets/${ticket}`
}

/** What can be said of a ticket. */
export const ticketFields = {
  type: z.enum(['problem', 'incident', 'question', 'task']).optional().meta({ title: 'Type' }),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).optional().meta({ title: 'Priority' }),
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved']).optional().meta({ title: 'Status' }),
  group: idField.optional().meta({ title: 'Group' }),
  assignee: idField.optional().meta({ title: 'Assignee', description: 'The agent who takes care of it.' }),
  assigneeEmail: z.email().optional().meta({
    title: 'E-mail address of the assignee',
    description: 'Instead of choosing an agent.',
  }),
  organization: idField.optional().meta({
    title: 'Organization',
    description: 'One that the requester belongs to.',
  }),
  form: idField.optional().meta({ title: 'Form', description: 'Of accounts with several ticket forms.' }),
  tags: z.array(z.string()).optional().meta({ title: 'Tags', description: 'Replaces those there are.' }),
  externalId: z
    .string()
    .optional()
    .meta({ title: 'Id in another system', examples: ['order-1001'] }),
  dueAt: z.iso.datetime({ offset: true }).optional().meta({ title: 'Due', description: 'Of tasks only.' }),
  customFields: z
    .record(z.string(), jsonValue)
    .optional()
    .meta({
      title: 'Fields of your own',
      description: 'By the id of the field.',
      examples: [{ '27642': '745' }],
    }),
}

const fieldsSchema = z.object(ticketFields)

/** What was said of a ticket, in the words of Zendesk. */
export function writeTicket(said: z.output<typeof fieldsSchema>): { readonly [name: string]: JsonInput | undefined } {
  const { group, assignee, assigneeEmail, organization, form, externalId, dueAt, customFields, ...same } = said
  return {
    ...same,
    group_id: group,
    assignee_id: assignee,
    assignee_email: assigneeEmail,
    organization_id: organization,
    ticket_form_id: form,
    external_id: externalId,
    due_at: dueAt,
    custom_fields: customFields && Object.entries(customFields).map(([key, value]) => ({ id: Number(key), value })),
  }
}
