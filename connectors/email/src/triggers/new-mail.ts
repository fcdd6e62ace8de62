import {
  type FileRef,
  fileRefSchema,
  isInlayError,
  type PollContext,
  pollingTrigger,
  type TriggerItem,
  z,
} from '@inlay/sdk/connector'
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { type Mailbox, withMailbox } from '../imap/mailbox.js'

/** More follow with the next poll, at once. */
const MAX_MESSAGES = 20
/** Of larger messages the headers alone are read. */
const MAX_MESSAGE_BYTES = 20 * 1024 * 1024
const MAX_TEXT_LENGTH = 200_000
const MAX_ATTACHMENTS = 20

const input = z.strictObject({
  mailbox: z
    .string()
    .min(1)
    .default('INBOX')
    .meta({ title: 'Mailbox', description: 'As the mail server names it.', examples: ['INBOX'] }),
  from: z.string().optional().meta({ title: 'Only from', description: 'An address, or a part of one.' }),
  subject: z.string().optional().meta({ title: 'Only with subject', description: 'A part of it.' }),
  withAttachments: z.boolean().default(true).meta({ title: 'Keep attachments' }),
})

const person = z.object({ name: z.string().meta({ title: 'Name' }), address: z.string().meta({ title: 'Address' }) })

const output = z.object({
  messageId: z.string().nullable().meta({ title: 'Message-ID' }),
  from: person.nullable().meta({ title: 'From' }),
  to: z.array(person).meta({ title: 'To' }),
  cc: z.array(person).meta({ title: 'Copy to' }),
  subject: z.string().meta({ title: 'Subject' }),
  date: z.string().nullable().meta({ title: 'Date', format: 'date-time' }),
  text: z.string().meta({ title: 'Text' }),
  html: z.string().nullable().meta({ title: 'HTML' }),
  attachments: z.array(fileRefSchema).meta({ title: 'Attachments' }),
  isComplete: z.boolean().meta({ title: 'Is complete', description: 'Off when it was too large to be read whole.' }),
})

const kept = z.object({ uidValidity: z.number(), uidNext: z.number() })

/** Starts on each new message. */
export const newMail = pollingTrigger({
  name: 'New mail',
  description: 'Starts for each message that arrives in a mailbox. Messages stay unread.',
  input,
  output,
  sampleOutput: {
    messageId: '<1f3a@example.com>',
    from: { name: 'Kim Example', address: 'kim@example.com' },
    to: [{ name: '', address: 'shop@example.com' }],
    cc: [],
    subject: 'Order A-1001',
    date: '2026-05-04T09:30:00.000Z',
    text: 'When does it arrive?',
    html: null,
    attachments: [{ $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 48_213 }],
    isComplete: true,
  },
  poll: (context) =>
    withMailbox(context, context.input.mailbox, async (mailbox) => {
      const { uidValidity, uidNext } = mailbox
      const before = kept.safeParse(context.cursor).data
      // Nothing is known, or the server numbers its messages anew: what is there already starts nothing.
      if (before === undefined || before.uidValidity !== uidValidity) {
        return { items: [], cursor: { uidValidity, uidNext } }
      }
      const uids = await mailbox.uidsFrom(before.uidNext)
      const now = uids.slice(0, MAX_MESSAGES)
      const items: TriggerItem[] = []
      for (const uid of now) items.push(...(await readMessage(context, mailbox, uid)))
      const next = now.length < uids.length ? (now.at(-1) ?? 0) + 1 : Math.max(uidNext, (uids.at(-1) ?? 0) + 1)
      return { items, cursor: { uidValidity, uidNext: next }, hasMore: now.length < uids.length }
    }),
})

type NewMailContext = PollContext<z.output<typeof input>>

async function readMessage(context: NewMailContext, mailbox: Mailbox, uid: number): Promise<TriggerItem[]> {
  const size = await mailbox.sizeOf(uid)
  const isComplete = size !== undefined && size <= MAX_MESSAGE_BYTES
  const raw = size === undefined ? undefined : await mailbox.read(uid, isComplete ? 'all' : 'headers')
  // Somebody was quicker and deleted it.
  if (raw === undefined) return []
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  if (!isWanted(mail, context.input)) return []
  const attachments = context.input.withAttachments && isComplete ? await keep(context, mail.attachments) : []
  return [{ id: `${mailbox.uidValidity}:${uid}`, data: { ...describe(mail), attachments, isComplete } }]
}

function isWanted({ from, subject = '' }: Email, wanted: z.output<typeof input>): boolean {
  const has = (text: string, part: string | undefined): boolean =>
    part === undefined || text.toLowerCase().includes(part.toLowerCase())
  return has(`${from?.name ?? ''} ${from?.address ?? ''}`, wanted.from) && has(subject, wanted.subject)
}

function describe(mail: Email) {
  return {
    messageId: mail.messageId ?? null,
    from: people(mail.from === undefined ? [] : [mail.from])[0] ?? null,
    to: people(mail.to),
    cc: people(mail.cc),
    subject: mail.subject ?? '',
    date: toIso(mail.date),
    text: (mail.text ?? '').slice(0, MAX_TEXT_LENGTH),
    html: mail.html?.slice(0, MAX_TEXT_LENGTH) ?? null,
  }
}

/** Groups are told by their members (RFC 5322 section 3.4). */
function people(addresses: readonly Address[] = []): z.output<typeof person>[] {
  return addresses.flatMap(({ name, address, group }) =>
    group === undefined ? [{ name, address: address ?? '' }] : people(group),
  )
}

function toIso(date: string | undefined): string | null {
  const at = Date.parse(date ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

async function keep({ files, log }: NewMailContext, attachments: readonly Attachment[]): Promise<FileRef[]> {
  const refs: FileRef[] = []
  for (const { filename, mimeType, content } of attachments.slice(0, MAX_ATTACHMENTS)) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
    try {
      refs.push(await files.write({ name: filename ?? 'attachment', contentType: mimeType, bytes }))
    } catch (error) {
      // A message is worth more than an attachment that this deployment does not take.
      if (!isInlayError(error)) throw error
      log.warn('An attachment was not kept', { name: filename ?? null, reason: error.message })
    }
  }
  return refs
}
