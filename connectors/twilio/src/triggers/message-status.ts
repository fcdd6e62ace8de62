import { webhookTrigger, z } from '@inlay/sdk/connector'
import { type CalledSetting, giveBack, isFromTwilio, takeOver } from '../called-address.js'
import { messagingServiceOptions } from '../choices.js'
import { formBody, MESSAGING } from '../twilio-api.js'

const STATUSES = ['queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'read', 'canceled'] as const

const input = z.strictObject({
  messagingServiceSid: z
    .string()
    .min(1)
    .meta({ title: 'Messaging service', examples: ['MG_sample_service'] }),
  statuses: z
    .array(z.enum(STATUSES))
    .min(1)
    .default(['delivered', 'undelivered', 'failed'])
    .meta({ title: 'Statuses', description: 'Read: of WhatsApp alone.' }),
})

/** Starts when what a messaging service sends arrives or fails. */
export const messageStatus = webhookTrigger({
  name: 'Message status changed',
  description:
    'Starts at once when a message of a messaging service arrives or fails. Takes the place of what it called.',
  input,
  output: z.object({
    sid: z.string().meta({ title: 'SID' }),
    status: z.string().meta({ title: 'Status' }),
    from: z.string().nullable().meta({ title: 'From' }),
    to: z.string().nullable().meta({ title: 'To' }),
    errorCode: z.number().nullable().meta({ title: 'Error code' }),
  }),
  sampleOutput: {
    sid: 'SM_sample_message',
    status: 'undelivered',
    from: '+15557122661',
    to: '+15558675310',
    errorCode: 30_003,
  },
  options: { messagingServiceSid: messagingServiceOptions },
  register: (context) => takeOver(context, settingOf(context.input)),
  unregister: (context) => giveBack(context, settingOf(context.input)),
  verify: isFromTwilio,
  parse: ({ request, input: { statuses } }) => {
    const told = new URLSearchParams(Buffer.from(request.rawBody).toString())
    const sid = told.get('MessageSid')
    const status = told.get('MessageStatus')
    if (sid === null || status === null || !statuses.some((wanted) => wanted === status)) return []
    const code = told.get('ErrorCode')
    const data = {
      sid,
      status,
      from: told.get('From'),
      to: told.get('To'),
      errorCode: code === null || code === '' ? null : Number(code) || null,
    }
    return [{ id: `${sid}:${status}`, data }]
  },
})

function settingOf({ messagingServiceSid }: z.output<typeof input>): CalledSetting {
  return {
    url: `${MESSAGING}/v1/Services/${encodeURIComponent(messagingServiceSid)}`,
    read: ({ status_callback }) => ({ url: status_callback }),
    write: ({ url }) => formBody({ StatusCallback: url }),
  }
}
