import { createHash } from 'node:crypto'
import { type FileStore, fileRefSchema, z } from '@inlay/sdk/connector'
import type { SendMailOptions } from 'nodemailer'
import { withTransport } from './transport.js'

/** An address, with a name or without. */
export const address = z.string().min(3).max(320).regex(/@/, 'must be an e-mail address')
/** One address or several. */
export const addresses = z.union([address, z.array(address).min(1).max(50)])

/** Who sends. */
export const fromField = address.meta({
  title: 'From',
  format: 'email',
  description: 'An address that the mail server may send from.',
  examples: ['Shop <shop@example.com>'],
})

/** What a message says. */
export const contentFields = {
  text: z.string().optional().meta({ title: 'Text', format: 'multiline' }),
  html: z
    .string()
    .optional()
    .meta({ title: 'HTML', format: 'multiline', description: 'Shown instead of the text where mail can show it.' }),
  attachments: z.array(fileRefSchema).max(20).optional().meta({ title: 'Attachments' }),
}

/** What became of a message. */
export const sentSchema = z.object({
  messageId: z.string().meta({ title: 'Message-ID' }),
  accepted: z.array(z.string()).meta({ title: 'Sent to' }),
  rejected: z.array(z.string()).meta({ title: 'Refused by the server' }),
})

/** A sent message as workflows see it. */
export const sampleSent: z.infer<typeof sentSchema> = {
  messageId: '<1f3a@example.com>',
  accepted: ['kim@example.com'],
  rejected: [],
}

/** A message as people put it together; what is undefined is left out. */
export type Draft = { readonly [Key in keyof SendMailOptions]: SendMailOptions[Key] | undefined } & {
  readonly from: string
}

interface ComposingContext {
  readonly files: FileStore
  readonly idempotencyKey: string
}

type Content = { readonly [Key in keyof typeof contentFields]?: z.output<(typeof contentFields)[Key]> }

/** What a message says, with its files read. */
export async function contentOf({ files }: ComposingContext, { text, html, attachments = [] }: Content) {
  const read = await Promise.all(
    attachments.map(async (file) => ({
      filename: file.name,
      contentType: file.contentType,
      content: Buffer.from(await files.read(file)),
    })),
  )
  return { text, html, attachments: read }
}

/** The message as the mail library takes it, with the same Message-ID for every attempt. */
export function composed({ idempotencyKey }: ComposingContext, draft: Draft): SendMailOptions {
  const given = Object.entries({ ...draft, messageId: messageId(idempotencyKey, draft.from) })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

/** Sends a message. @throws StepError by what failed */
export async function deliver(
  context: ComposingContext & Parameters<typeof withTransport>[0],
  draft: Draft,
): Promise<z.infer<typeof sentSchema>> {
  const sent = await withTransport(context, (transport) => transport.sendMail(composed(context, draft)))
  return {
    messageId: sent.messageId,
    accepted: (sent.accepted ?? []).map(String),
    rejected: (sent.rejected ?? []).map(String),
  }
}

/** So that receivers can tell a repetition by its Message-ID (RFC 5322 section 3.6.4). */
function messageId(idempotencyKey: string, from: string): string {
  const domain = /@([^\s>@]+)>?$/.exec(from.trim())?.[1] ?? 'localhost'
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}@${domain}>`
}
