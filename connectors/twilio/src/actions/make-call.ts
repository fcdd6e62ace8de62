import { action, StepError, z } from '@inlay/sdk/connector'
import { callSchema, sampleCall } from '../call.js'
import { numberOptions } from '../choices.js'
import { phoneField } from '../message.js'
import { accountPath, formBody, twilio } from '../twilio-api.js'

/** Calls somebody. */
export const makeCall = action({
  name: 'Make a call',
  description: 'Calls somebody, and reads a text to them or follows TwiML.',
  input: z.strictObject({
    to: phoneField,
    from: phoneField.meta({ title: 'From', description: 'A number of yours.', examples: ['+15557122661'] }),
    say: z
      .string()
      .max(3000)
      .optional()
      .meta({ title: 'Text to read', format: 'multiline', examples: ['The alarm of your shop is on.'] }),
    language: z
      .string()
      .optional()
      .meta({ title: 'Language of the text', examples: ['en-GB'] }),
    twiml: z.string().max(4000).optional().meta({
      title: 'TwiML',
      format: 'multiline',
      description: 'In place of a text: what the call does, in the XML of Twilio.',
    }),
    detectMachine: z.boolean().default(false).meta({ title: 'Find out whether a machine answers' }),
  }),
  output: callSchema,
  sampleInput: { to: sampleCall.to, from: sampleCall.from, say: 'The alarm of your shop is on.' },
  sampleOutput: sampleCall,
  options: { from: numberOptions },
  // Twilio knows no idempotency key for calls: repeating after a crash would ring twice.
  delivery: 'at-most-once',
  run: (context) => {
    const { to, from, say, language, twiml, detectMachine } = context.input
    const script = twiml ?? (say === undefined ? undefined : sayTwiml(say, language))
    if (script === undefined) {
      throw new StepError('validation', 'The call has nothing to say', { detail: 'Fill in Text to read or TwiML.' })
    }
    return twilio.call(context, {
      method: 'POST',
      url: accountPath(context.auth, '/Calls.json'),
      ...formBody({ To: to, From: from, Twiml: script, MachineDetection: detectMachine ? 'Enable' : undefined }),
      answer: callSchema,
    })
  },
})

function sayTwiml(text: string, language: string | undefined): string {
  const attribute = language === undefined ? '' : ` language="${escapeXml(language)}"`
  return `<Response><Say${attribute}>${escapeXml(text)}</Say></Response>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
