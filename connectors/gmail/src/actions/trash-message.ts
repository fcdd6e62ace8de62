import { action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { google } from '../google-api.js'
import { MAILBOX, messageIdField } from '../message.js'
import { sentSchema } from '../outgoing.js'

/** Moves a message to the bin. */
export const trashMessage = action({
  name: 'Move a message to the bin',
  description: 'Gmail deletes what is in the bin after thirty days.',
  input: z.strictObject({ messageId: messageIdField }),
  output: sentSchema,
  sampleInput: { messageId: '18c2example' },
  sampleOutput: { id: '18c2example', threadId: '18c2example', labelIds: ['TRASH'] },
  scopes: [MODIFY_SCOPE],
  run: (context) =>
    google.call(context, {
      method: 'POST',
      url: `${MAILBOX}/messages/${encodeURIComponent(context.input.messageId)}/trash`,
      answer: sentSchema,
    }),
})
