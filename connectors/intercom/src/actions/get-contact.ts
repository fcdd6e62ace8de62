import { action, z } from '@inlay/sdk/connector'
import { contactOptions } from '../choices.js'
import { contactField, contactSchema, sampleContact } from '../contact.js'
import { intercom } from '../intercom-api.js'

/** Reads a contact. */
export const getContact = action({
  name: 'Get a contact',
  description: 'Reads one contact by its id.',
  input: z.strictObject({ contact: contactField }),
  output: contactSchema,
  sampleInput: { contact: sampleContact.id },
  sampleOutput: sampleContact,
  options: { contact: contactOptions },
  run: (context) => {
    const url = `/contacts/${encodeURIComponent(context.input.contact)}`
    return intercom.call(context, { url, answer: contactSchema })
  },
})
