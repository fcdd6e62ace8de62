import { action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { newMessageFields, send, sentSchema } from '../outgoing.js'

/** Sends a message. */
export const sendMessage = action({
  name: 'Send a message',
  description: 'Sends a message from the account, with files if you like.',
  input: z.strictObject(newMessageFields),
  output: sentSchema,
  sampleInput: { to: ['kim@acme.example'], subject: 'Order A-1001', text: 'It is on its way.' },
  sampleOutput: { id: '18c2example', threadId: '18c2example', labelIds: ['SENT'] },
  scopes: [MODIFY_SCOPE],
  // Gmail knows no idempotency key: repeating after a crash would send the message twice.
  delivery: 'at-most-once',
  run: (context) => send(context, context.input),
})
