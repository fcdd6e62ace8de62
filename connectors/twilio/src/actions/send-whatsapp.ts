import { action, StepError, z } from '@inlay/sdk/connector'
import { numberOptions, templateOptions } from '../choices.js'
import { mediaField, messageSchema, phoneField, sampleMessage } from '../message.js'
import { accountPath, formBody, twilio } from '../twilio-api.js'

/** Sends a WhatsApp message. */
export const sendWhatsApp = action({
  name: 'Send a WhatsApp message',
  description: 'Sends a text within 24 hours of what the person wrote last, or an approved template at any time.',
  input: z.strictObject({
    to: phoneField,
    from: phoneField.meta({
      title: 'From',
      description: 'Your WhatsApp sender, or the number of the sandbox.',
      examples: ['+15557122661'],
    }),
    body: z.string().max(1600).optional().meta({ title: 'Text', format: 'multiline' }),
    contentSid: z.string().optional().meta({ title: 'Template', description: 'In place of a text.' }),
    contentVariables: z
      .record(z.string(), z.string())
      .optional()
      .meta({ title: 'Values of the template', description: 'By the number or name of the placeholder.' }),
    mediaUrls: mediaField,
  }),
  output: messageSchema,
  sampleInput: { to: '+15558675310', from: '+15557122661', body: 'Your table is ready.' },
  sampleOutput: { ...sampleMessage, from: 'whatsapp:+15557122661', to: 'whatsapp:+15558675310' },
  options: { from: numberOptions, contentSid: templateOptions },
  // Twilio knows no idempotency key for messages: repeating after a crash would send a second one.
  delivery: 'at-most-once',
  run: (context) => {
    const { to, from, body, contentSid, contentVariables, mediaUrls = [] } = context.input
    if (body === undefined && contentSid === undefined && mediaUrls.length === 0) {
      throw new StepError('validation', 'The message is empty', { detail: 'Fill in Text, Template or Files.' })
    }
    return twilio.call(context, {
      method: 'POST',
      url: accountPath(context.auth, '/Messages.json'),
      ...formBody({
        To: `whatsapp:${to}`,
        From: `whatsapp:${from}`,
        Body: body,
        ContentSid: contentSid,
        ContentVariables: contentVariables === undefined ? undefined : JSON.stringify(contentVariables),
        MediaUrl: mediaUrls,
      }),
      answer: messageSchema,
    })
  },
})
