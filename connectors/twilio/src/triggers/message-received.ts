import { type AuthValues, StepError, webhookTrigger, z } from '@inlay/sdk/connector'
import { type CalledSetting, giveBack, isFromTwilio, takeOver } from '../called-address.js'
import { numberSidOptions } from '../choices.js'
import { answerNothing, incomingMessageSchema, readIncoming, sampleIncoming } from '../incoming-message.js'
import { accountPath, formBody } from '../twilio-api.js'

const input = z.strictObject({
  number: z
    .string()
    .min(1)
    .meta({ title: 'Number', description: 'A number of yours.', examples: ['PN_sample_number'] }),
})

/** Starts when a number of the account receives a message. */
export const messageReceived = webhookTrigger({
  name: 'Message received',
  description: 'Starts at once when a number of yours receives a message. Takes the place of what the number called.',
  input,
  output: incomingMessageSchema,
  sampleOutput: sampleIncoming,
  options: { number: numberSidOptions },
  register: (context) => takeOver(context, settingOf(context.auth, context.input)),
  unregister: (context) => giveBack(context, settingOf(context.auth, context.input)),
  verify: isFromTwilio,
  parse: readIncoming,
  answer: answerNothing,
})

function settingOf(auth: AuthValues, { number }: z.output<typeof input>): CalledSetting {
  return {
    url: accountPath(auth, `/IncomingPhoneNumbers/${encodeURIComponent(number)}.json`),
    read: ({ sms_url, sms_method }) => ({ url: sms_url, method: sms_method }),
    check: ({ sms_application_sid }) => {
      if (!sms_application_sid) return
      throw new StepError('validation', 'The number is tied to a TwiML application', {
        detail: 'Twilio then ignores the address of the number. Take the application off it, or use "New message".',
      })
    },
    write: ({ url, method }) => formBody({ SmsUrl: url, SmsMethod: method }),
  }
}
