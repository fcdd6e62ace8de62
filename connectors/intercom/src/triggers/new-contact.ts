import { pollingTrigger, z } from '@inlay/sdk/connector'
import { contactSchema, sampleContact } from '../contact.js'
import { newestFirst } from '../newest.js'

/** Starts for each new contact. */
export const newContact = pollingTrigger({
  name: 'New contact',
  description: 'Starts for each new user or lead. Asks Intercom every few minutes, which finds new ones a little late.',
  input: z.strictObject({
    role: z.enum(['user', 'lead']).optional().meta({ title: 'Role', description: 'Both, when left empty.' }),
  }),
  output: contactSchema,
  sampleOutput: sampleContact,
  poll: (context) => {
    const { role } = context.input
    const filters = role === undefined ? [] : [{ field: 'role', operator: '=', value: role }]
    return newestFirst(context, { url: '/contacts/search', item: contactSchema, filters })
  },
})
