import { action, z } from '@inlay/sdk/connector'
import { messageSchema, messageSidField, sampleMessage } from '../message.js'
import { accountPath, formBody, twilio } from '../twilio-api.js'

/** Cancels a message that is to be sent later. */
export const cancelMessage = action({
  name: 'Cancel a scheduled message',
  description: 'Cancels a message that is to be sent later.',
  input: z.strictObject({ sid: messageSidField }),
  output: messageSchema,
  sampleInput: { sid: sampleMessage.sid },
  sampleOutput: { ...sampleMessage, status: 'canceled' },
  run: (context) =>
    twilio.call(context, {
      method: 'POST',
      url: accountPath(context.auth, `/Messages/${encodeURIComponent(context.input.sid)}.json`),
      ...formBody({ Status: 'canceled' }),
      answer: messageSchema,
    }),
})
