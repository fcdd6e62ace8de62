import { action, z } from '@inlay/sdk/connector'
import { adminOptions, contactOptions } from '../choices.js'
import { contactBody, contactField, contactFields, contactSchema, sampleContact } from '../contact.js'
import { intercom } from '../intercom-api.js'

/** Changes a contact. */
export const updateContact = action({
  name: 'Change a contact',
  description: 'Changes what is given; the rest stays as it is.',
  input: z.strictObject({ contact: contactField, ...contactFields }),
  output: contactSchema,
  sampleInput: { contact: sampleContact.id, name: 'Joe Bloggs' },
  sampleOutput: sampleContact,
  options: { contact: contactOptions, owner: adminOptions },
  run: (context) => {
    const { contact, ...fields } = context.input
    const url = `/contacts/${encodeURIComponent(contact)}`
    return intercom.call(context, { method: 'PUT', url, json: contactBody(fields), answer: contactSchema })
  },
})
