import { action, z } from '@inlay/sdk/connector'
import { messageSidField, sampleMessage } from '../message.js'
import { accountPath, twilio } from '../twilio-api.js'

/** Deletes a message from the account's records. */
export const deleteMessage = action({
  name: 'Delete a message',
  description: 'Deletes a message from the records of the account; what was sent stays with who received it.',
  input: z.strictObject({ sid: messageSidField }),
  output: z.object({}),
  sampleInput: { sid: sampleMessage.sid },
  sampleOutput: {},
  run: async (context) => {
    const url = accountPath(context.auth, `/Messages/${encodeURIComponent(context.input.sid)}.json`)
    await twilio.call(context, { method: 'DELETE', url })
    return {}
  },
})
