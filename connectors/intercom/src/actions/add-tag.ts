import { action, z } from '@inlay/sdk/connector'
import { contactOptions, tagOptions } from '../choices.js'
import { contactField, sampleContact } from '../contact.js'
import { intercom } from '../intercom-api.js'
import { sampleTag, tagField, tagSchema } from '../tag.js'

/** Tags a contact. */
export const addTag = action({
  name: 'Tag a contact',
  description: 'Puts a tag on a contact.',
  input: z.strictObject({ contact: contactField, tag: tagField }),
  output: tagSchema,
  sampleInput: { contact: sampleContact.id, tag: '94' },
  sampleOutput: sampleTag,
  options: { contact: contactOptions, tag: tagOptions },
  run: (context) => {
    const { contact, tag } = context.input
    const url = `/contacts/${encodeURIComponent(contact)}/tags`
    return intercom.call(context, { method: 'POST', url, json: { id: tag }, answer: tagSchema })
  },
})
