import { jsonObject, webhookTrigger, z } from '@inlay/sdk/connector'
import { type CalledSetting, giveBack, isFromTwilio, takeOver } from '../called-address.js'
import { whatsAppSenderOptions } from '../choices.js'
import { answerNothing, incomingMessageSchema, readIncoming, sampleIncoming } from '../incoming-message.js'
import { MESSAGING } from '../twilio-api.js'

const input = z.strictObject({
  sender: z
    .string()
    .min(1)
    .meta({ title: 'WhatsApp sender', examples: ['XE_sample_sender'] }),
})

/** Starts when a WhatsApp sender of the account receives a message. */
export const whatsAppReceived = webhookTrigger({
  name: 'WhatsApp message received',
  description:
    'Starts at once when a WhatsApp sender of yours receives a message. Takes the place of what the sender called.',
  input,
  output: incomingMessageSchema,
  sampleOutput: {
    ...sampleIncoming,
    from: 'whatsapp:+15558675310',
    to: 'whatsapp:+15557122661',
    profileName: 'Kim',
    country: null,
  },
  options: { sender: whatsAppSenderOptions },
  register: (context) => takeOver(context, settingOf(context.input)),
  unregister: (context) => giveBack(context, settingOf(context.input)),
  verify: isFromTwilio,
  parse: readIncoming,
  answer: answerNothing,
})

function settingOf({ sender }: z.output<typeof input>): CalledSetting {
  const webhookOf = (thing: unknown) => jsonObject.catch({}).parse(thing)
  return {
    url: `${MESSAGING}/v2/Channels/Senders/${encodeURIComponent(sender)}`,
    read: ({ webhook }) => {
      const { callback_url, callback_method } = webhookOf(webhook)
      return { url: callback_url, method: callback_method }
    },
    // The other addresses of the sender stay as they are.
    write: ({ url, method }, { webhook }) => ({
      json: { webhook: { ...webhookOf(webhook), callback_url: url || null, callback_method: method } },
    }),
  }
}
