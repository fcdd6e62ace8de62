import { action, type JsonInput, StepError, z } from '@inlay/sdk/connector'
import { mailBody, mailFields } from '../mail-fields.js'
import { sendgrid } from '../sendgrid-api.js'

/** Sends a mail. */
export const sendMail = action({
  name: 'Send an e-mail',
  description: 'Sends an e-mail with a text, HTML, and attachments.',
  input: z.strictObject({
    ...mailFields,
    subject: z
      .string()
      .min(1)
      .max(998)
      .meta({ title: 'Subject', examples: ['Your order A-1001'] }),
    text: z.string().optional().meta({ title: 'Text', format: 'multiline' }),
    html: z.string().optional().meta({ title: 'HTML', format: 'multiline' }),
  }),
  output: z.object({ messageId: z.string().nullable().meta({ title: 'Message id' }) }),
  sampleInput: { from: 'shop@example.com', to: ['kim@example.com'], subject: 'Your order', text: 'It is on its way.' },
  sampleOutput: { messageId: 'filterdrecv-1' },
  // SendGrid knows no idempotency key: repeating after a crash would send twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { subject, text, html, ...mail } = context.input
    const content: JsonInput[] = [
      ...(text ? [{ type: 'text/plain', value: text }] : []),
      ...(html ? [{ type: 'text/html', value: html }] : []),
    ]
    if (content.length === 0)
      throw new StepError('validation', 'The e-mail is empty', { detail: 'Give a text or HTML.' })
    const json = { ...(await mailBody(mail, context.files, {})), subject, content }
    const { response } = await sendgrid.send(context, { method: 'POST', url: '/v3/mail/send', json })
    return { messageId: response.headers['x-message-id'] ?? null }
  },
})
