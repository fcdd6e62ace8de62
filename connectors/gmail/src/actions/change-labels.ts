import { action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { google } from '../google-api.js'
import { labelOptions } from '../labels.js'
import { MAILBOX, messageIdField } from '../message.js'
import { sentSchema } from '../outgoing.js'

const labels = z.array(z.string().min(1)).max(100).default([])

/** Adds and removes labels. */
export const changeLabels = action({
  name: 'Add or remove labels',
  description: 'Labels a message. Removing UNREAD marks it as read, removing INBOX archives it.',
  input: z
    .strictObject({
      messageId: messageIdField,
      add: labels.meta({ title: 'Add' }),
      remove: labels.meta({ title: 'Remove' }),
    })
    .refine(({ add, remove }) => add.length + remove.length > 0, 'Choose a label to add or to remove'),
  output: sentSchema,
  sampleInput: { messageId: '18c2example', add: ['STARRED'], remove: ['UNREAD'] },
  sampleOutput: { id: '18c2example', threadId: '18c2example', labelIds: ['INBOX', 'STARRED'] },
  scopes: [MODIFY_SCOPE],
  options: { add: labelOptions, remove: labelOptions },
  run: (context) => {
    const { messageId, add, remove } = context.input
    return google.call(context, {
      method: 'POST',
      url: `${MAILBOX}/messages/${encodeURIComponent(messageId)}/modify`,
      json: { addLabelIds: add, removeLabelIds: remove },
      answer: sentSchema,
    })
  },
})
