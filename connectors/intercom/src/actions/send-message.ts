import { action, z } from '@inlay/sdk/connector'
import { adminOptions, contactOptions } from '../choices.js'
import { contactField, roleField, sampleContact } from '../contact.js'
import { messageSchema, sampleMessage } from '../conversation.js'
import { intercom } from '../intercom-api.js'
import { adminField } from '../teammate.js'

/** Sends a message to a contact. */
export const sendMessage = action({
  name: 'Send a message',
  description: 'Writes to a contact in the Messenger, or by e-mail when a subject is given.',
  input: z.strictObject({
    admin: adminField,
    contact: contactField,
    role: roleField,
    subject: z
      .string()
      .min(1)
      .optional()
      .meta({ title: 'Subject', description: 'Of an e-mail; leave it empty for a message in the Messenger.' }),
    message: z.string().min(1).meta({ title: 'Message', format: 'multiline' }),
  }),
  output: messageSchema,
  sampleInput: { admin: '991267715', contact: sampleContact.id, message: 'Hello there' },
  sampleOutput: sampleMessage,
  options: { admin: adminOptions, contact: contactOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { admin, contact, role, subject, message } = context.input
    const kind =
      subject === undefined ? { message_type: 'inapp' } : { message_type: 'email', subject, template: 'plain' }
    const json = { ...kind, body: message, from: { type: 'admin', id: Number(admin) }, to: { type: role, id: contact } }
    return intercom.call(context, { method: 'POST', url: '/messages', json, answer: messageSchema })
  },
})
