import { createHash } from 'node:crypto'
import { action, z } from '@inlay/sdk/connector'
import { withTransport } from '../transport.js'

const address = z.string().min(3).max(320).regex(/@/, 'must be an e-mail address')
const addresses = z.union([address, z.array(address).min(1).max(50)])

/** Sends a message. */
export const send = action({
  name: 'Send an e-mail',
  description: 'Sends an e-mail to one or more people.',
  input: z.strictObject({
    from: address.meta({
      title: 'From',
      format: 'email',
      description: 'An address that the mail server may send from.',
      examples: ['Shop <shop@example.com>'],
    }),
    to: addresses.meta({ title: 'To', format: 'email', examples: ['kim@example.com'] }),
    cc: addresses.optional().meta({ title: 'Copy to', format: 'email' }),
    bcc: addresses.optional().meta({ title: 'Hidden copy to', format: 'email' }),
    replyTo: address.optional().meta({ title: 'Answers to', format: 'email' }),
    subject: z
      .string()
      .max(998)
      .meta({ title: 'Subject', examples: ['Your order A-1001'] }),
    text: z.string().optional().meta({ title: 'Text', format: 'multiline' }),
    html: z
      .string()
      .optional()
      .meta({ title: 'HTML', format: 'multiline', description: 'Shown instead of the text where mail can show it.' }),
  }),
  output: z.object({
    messageId: z.string().meta({ title: 'Message-ID' }),
    accepted: z.array(z.string()).meta({ title: 'Sent to' }),
    rejected: z.array(z.string()).meta({ title: 'Refused by the server' }),
  }),
  sampleInput: {
    from: 'Shop <shop@example.com>',
    to: 'kim@example.com',
    subject: 'Your order A-1001',
    text: 'It is on its way.',
  },
  sampleOutput: { messageId: '<1f3a@example.com>', accepted: ['kim@example.com'], rejected: [] },
  run: async (context) => {
    const { input, idempotencyKey } = context
    const sent = await withTransport(context, (transport) =>
      transport.sendMail({ ...withoutUndefined(input), messageId: messageId(idempotencyKey, input.from) }),
    )
    return {
      messageId: sent.messageId,
      accepted: (sent.accepted ?? []).map(String),
      rejected: (sent.rejected ?? []).map(String),
    }
  },
})

/** The same for every attempt, so that receivers can tell a repetition by its Message-ID (RFC 5322 section 3.6.4). */
function messageId(idempotencyKey: string, from: string): string {
  const domain = /@([^\s>@]+)>?$/.exec(from.trim())?.[1] ?? 'localhost'
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}@${domain}>`
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never
}
