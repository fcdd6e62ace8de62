import { action, z } from '@inlay/sdk/connector'
import { mailSchema, readMail, sampleMail } from '../mail.js'
import { folderOptions, gone, mailPlace, withMail } from '../mail-place.js'

/** Gets a message with its content. */
export const getMail = action({
  name: 'Get a message',
  description: 'Reads a message with its text and attachments. It stays unread.',
  input: z.strictObject({
    ...mailPlace,
    withAttachments: z.boolean().default(true).meta({ title: 'Keep attachments' }),
  }),
  output: mailSchema,
  sampleInput: { mailbox: 'INBOX', id: '3:8' },
  sampleOutput: sampleMail,
  options: { mailbox: folderOptions },
  run: async (context) => {
    const { mailbox: folder, withAttachments } = context.input
    const mail = await withMail(context, 'read', (placed) => readMail(context, placed, { folder, withAttachments }))
    if (mail === undefined) throw gone(folder)
    return mail
  },
})
