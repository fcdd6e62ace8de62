import { action, StepError, z } from '@inlay/sdk/connector'
import nodemailer from 'nodemailer'
import { withAccount } from '../imap/account.js'
import { folderOptions } from '../mail-place.js'
import { addresses, composed, contentFields, contentOf, fromField } from '../outgoing.js'

/** Puts a message into the drafts, for somebody to look at and send. */
export const createDraft = action({
  name: 'Create a draft',
  description: 'Puts a message into the folder of drafts, for somebody to look at and send.',
  input: z.strictObject({
    from: fromField,
    to: addresses.optional().meta({ title: 'To', format: 'email' }),
    cc: addresses.optional().meta({ title: 'Copy to', format: 'email' }),
    subject: z.string().max(998).default('').meta({ title: 'Subject' }),
    ...contentFields,
    folder: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .meta({ title: 'Folder', description: 'Empty: the one that the mail server has for drafts.' }),
  }),
  output: z.object({
    messageId: z.string().meta({ title: 'Message-ID' }),
    mailbox: z.string().meta({ title: 'Folder' }),
  }),
  sampleInput: { from: 'Shop <shop@example.com>', to: 'kim@example.com', subject: 'Your order', text: 'Dear Kim' },
  sampleOutput: { messageId: '<1f3a@example.com>', mailbox: 'Drafts' },
  delivery: 'at-most-once',
  options: { folder: folderOptions },
  run: async (context) => {
    const { from, to, cc, subject, folder } = context.input
    const content = await contentOf(context, context.input)
    const writer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
    const { message, messageId } = await writer.sendMail(composed(context, { from, to, cc, subject, ...content }))
    if (!Buffer.isBuffer(message)) throw new StepError('bug', 'The mail library gave no bytes')
    const mailbox = await withAccount(context, async (account) => {
      const name = folder ?? (await account.folders()).find(({ use }) => use === 'drafts')?.name
      if (name === undefined) {
        throw new StepError('rejected', 'The mail server does not tell where drafts are kept', {
          detail: 'Choose the folder.',
        })
      }
      await account.append(name, message, ['\\Draft', '\\Seen'])
      return name
    })
    return { messageId, mailbox }
  },
})
