import { action, StepError, z } from '@inlay/sdk/connector'
import { messagingServiceOptions, numberOptions } from '../choices.js'
import { mediaField, messageSchema, messagingServiceField, phoneField, sampleMessage } from '../message.js'
import { accountPath, formBody, twilio } from '../twilio-api.js'

/** Sends an SMS, or an MMS when it has files. */
export const sendMessage = action({
  name: 'Send an SMS or MMS',
  description: 'Sends a text message, with files where country and carrier allow it.',
  input: z.strictObject({
    to: phoneField,
    from: z
      .string()
      .optional()
      .meta({ title: 'From', description: 'A number of yours, or a sender name.', examples: ['+15557122661'] }),
    messagingServiceSid: messagingServiceField,
    body: z
      .string()
      .max(1600)
      .optional()
      .meta({ title: 'Text', format: 'multiline', examples: [sampleMessage.body] }),
    mediaUrls: mediaField,
    sendAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({
        title: 'Send at',
        description: 'Between 5 minutes and 35 days ahead; needs a messaging service.',
        examples: ['2026-04-01T09:00:00Z'],
      }),
  }),
  output: messageSchema,
  sampleInput: { to: sampleMessage.to, from: sampleMessage.from, body: sampleMessage.body },
  sampleOutput: sampleMessage,
  options: { from: numberOptions, messagingServiceSid: messagingServiceOptions },
  // Twilio knows no idempotency key for messages: repeating after a crash would send a second one.
  delivery: 'at-most-once',
  run: (context) => {
    const { to, from, messagingServiceSid, body, mediaUrls = [], sendAt } = context.input
    if (from === undefined && messagingServiceSid === undefined) throw missing('a sender', 'From or Messaging service')
    if (body === undefined && mediaUrls.length === 0) throw missing('something to say', 'Text or Files')
    return twilio.call(context, {
      method: 'POST',
      url: accountPath(context.auth, '/Messages.json'),
      ...formBody({
        To: to,
        From: from,
        MessagingServiceSid: messagingServiceSid,
        Body: body,
        MediaUrl: mediaUrls,
        SendAt: sendAt,
        ScheduleType: sendAt === undefined ? undefined : 'fixed',
      }),
      answer: messageSchema,
    })
  },
})

function missing(what: string, fields: string): StepError {
  return new StepError('validation', `The message needs ${what}`, { detail: `Fill in ${fields}.` })
}
