import { action, z } from '@inlay/sdk/connector'
import PostalMime from 'postal-mime'
import { folderOptions, gone, mailPlace, withMail } from '../mail-place.js'
import { addresses, contentFields, contentOf, deliver, fromField, sampleSent, sentSchema } from '../outgoing.js'

const MESSAGE = 'message/rfc822'

/** Sends a message on as it is, as an attachment. */
export const forward = action({
  name: 'Forward a message',
  description: 'Sends a message on to other people, unchanged and with its attachments.',
  input: z.strictObject({
    ...mailPlace,
    from: fromField,
    to: addresses.meta({ title: 'To', format: 'email', examples: ['kim@example.com'] }),
    ...contentFields,
  }),
  output: sentSchema,
  sampleInput: { mailbox: 'INBOX', id: '3:8', from: 'shop@example.com', to: 'kim@example.com', text: 'See below.' },
  sampleOutput: sampleSent,
  options: { mailbox: folderOptions },
  run: async (context) => {
    const { from, to, mailbox: folder } = context.input
    const raw = await withMail(context, 'read', ({ mailbox, uid }) => mailbox.read(uid, 'all'))
    if (raw === undefined) throw gone(folder)
    const { subject = '' } = await PostalMime.parse(raw)
    const content = await contentOf(context, context.input)
    const original = { filename: 'message.eml', contentType: MESSAGE, content: raw }
    return deliver(context, {
      from,
      to,
      subject: /^fwd?:/i.test(subject) ? subject : `Fwd: ${subject}`,
      ...content,
      attachments: [original, ...content.attachments],
    })
  },
})
