import { action, z } from '@inlay/sdk/connector'
import { messageSchema, messageSidField, sampleMessage } from '../message.js'
import { accountPath, twilio } from '../twilio-api.js'

/** Reads a message and what became of it. */
export const getMessage = action({
  name: 'Get a message',
  description: 'Reads a message: whether it arrived, and what it cost.',
  input: z.strictObject({ sid: messageSidField }),
  output: messageSchema,
  sampleInput: { sid: sampleMessage.sid },
  sampleOutput: { ...sampleMessage, status: 'delivered' },
  run: (context) => {
    const url = accountPath(context.auth, `/Messages/${encodeURIComponent(context.input.sid)}.json`)
    return twilio.call(context, { url, answer: messageSchema })
  },
})
