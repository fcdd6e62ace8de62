import { action, z } from '@inlay/sdk/connector'
import { adminOptions } from '../choices.js'
import { contactBody, contactFields, contactSchema, roleField, sampleContact } from '../contact.js'
import { intercom } from '../intercom-api.js'

/** Creates a contact. */
export const createContact = action({
  name: 'Create a contact',
  description: 'Creates a user or a lead. Intercom refuses users whose e-mail address or own id it knows.',
  input: z.strictObject({ role: roleField, ...contactFields }),
  output: contactSchema,
  sampleInput: { role: 'user', email: 'joe@example.org', name: 'Joe Bloggs' },
  sampleOutput: sampleContact,
  options: { owner: adminOptions },
  // Leads may have the same e-mail address: a second call would create a second one.
  delivery: 'at-most-once',
  run: (context) => {
    const { role, ...fields } = context.input
    const json = { role, ...contactBody(fields) }
    return intercom.call(context, { method: 'POST', url: '/contacts', json, answer: contactSchema })
  },
})
