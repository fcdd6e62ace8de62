import { action, collectPages, z } from '@inlay/sdk/connector'
import { contactSchema, sampleContact } from '../contact.js'
import { searchPage } from '../intercom-api.js'

const filter = z.strictObject({
  field: z
    .string()
    .min(1)
    .meta({ title: 'Field', examples: ['email', 'custom_attributes.plan'] }),
  operator: z
    .enum(['=', '!=', '<', '>', '~', '!~', '^', '$'])
    .default('=')
    .meta({ title: 'Comparison', description: '~ contains, ^ begins with, $ ends with; ! means not.' }),
  value: z.union([z.string(), z.number(), z.boolean()]).meta({
    title: 'Value',
    description: 'Times are Unix seconds, and Intercom compares them by day.',
    examples: ['joe@example.org'],
  }),
})

/** Searches contacts. */
export const searchContacts = action({
  name: 'Search contacts',
  description: 'Finds contacts by their fields, newest first. What is new is found after some minutes.',
  input: z.strictObject({
    filters: z.array(filter).min(1).max(15).meta({ title: 'Filters' }),
    match: z.enum(['all', 'any']).default('all').meta({ title: 'Which filters must fit' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ contacts: z.array(contactSchema).meta({ title: 'Contacts' }) }),
  sampleInput: { filters: [{ field: 'email', operator: '=', value: 'joe@example.org' }] },
  sampleOutput: { contacts: [sampleContact] },
  run: async (context) => {
    const { filters, match, limit } = context.input
    const read = (after: string) =>
      searchPage(context, {
        url: '/contacts/search',
        query: { operator: match === 'all' ? 'AND' : 'OR', value: filters },
        item: contactSchema,
        pageSize: Math.min(limit, 100),
        after,
      })
    return { contacts: await collectPages(read, '', { maxItems: limit }) }
  },
})
