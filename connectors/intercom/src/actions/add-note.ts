import { action, z } from '@inlay/sdk/connector'
import { adminOptions, contactOptions } from '../choices.js'
import { contactField, sampleContact } from '../contact.js'
import { intercom } from '../intercom-api.js'
import { adminField } from '../teammate.js'

const note = z.object({
  id: z.string().meta({ title: 'Note id' }),
  created_at: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
  body: z.string().meta({ title: 'Note' }),
})

/** Adds a note to a contact. */
export const addNote = action({
  name: 'Add a note to a contact',
  description: 'Leaves a note that only teammates see.',
  input: z.strictObject({
    contact: contactField,
    note: z.string().min(1).meta({ title: 'Note', format: 'multiline' }),
    admin: adminField.optional(),
  }),
  output: note,
  sampleInput: { contact: sampleContact.id, note: 'Prefers to be called.', admin: '991267493' },
  sampleOutput: { id: '34', created_at: 1719492759, body: '<p>Prefers to be called.</p>' },
  options: { contact: contactOptions, admin: adminOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { contact, note: body, admin } = context.input
    const url = `/contacts/${encodeURIComponent(contact)}/notes`
    return intercom.call(context, { method: 'POST', url, json: { body, admin_id: admin }, answer: note })
  },
})
