import { action, z } from '@inlay/sdk/connector'
import { contactOptions } from '../choices.js'
import { contactField, roleField } from '../contact.js'
import { messageSchema, sampleMessage } from '../conversation.js'
import { intercom } from '../intercom-api.js'

/** Begins a conversation in the name of a contact. */
export const createConversation = action({
  name: 'Create a conversation',
  description: 'Begins a conversation as if the contact had written.',
  input: z.strictObject({
    contact: contactField,
    role: roleField,
    message: z.string().min(1).meta({ title: 'Message', description: 'Plain text.', format: 'multiline' }),
  }),
  output: messageSchema,
  sampleInput: { contact: '667d60d18a68186f43bafddd', role: 'user', message: 'Hello there' },
  sampleOutput: sampleMessage,
  options: { contact: contactOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { contact, role, message } = context.input
    const json = { from: { type: role, id: contact }, body: message }
    return intercom.call(context, { method: 'POST', url: '/conversations', json, answer: messageSchema })
  },
})
