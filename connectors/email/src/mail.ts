import {
  type FileRef,
  type FileStore,
  fileRefSchema,
  isInlayError,
  type JsonObject,
  type StepLog,
  z,
} from '@inlay/sdk/connector'
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import type { Mailbox, MessageFacts } from './imap/mailbox.js'
import { mailId } from './mail-place.js'

/** Of larger messages the headers alone are read. */
const MAX_MESSAGE_BYTES = 20 * 1024 * 1024
const MAX_TEXT_LENGTH = 200_000
const MAX_ATTACHMENTS = 20

const person = z.object({ name: z.string().meta({ title: 'Name' }), address: z.string().meta({ title: 'Address' }) })

/** What a list of messages tells of each. */
export const mailSummary = z.object({
  id: z.string().meta({ title: 'Id', description: 'Of this folder alone: other actions find the message by it.' }),
  mailbox: z.string().meta({ title: 'Folder' }),
  messageId: z.string().nullable().meta({ title: 'Message-ID' }),
  from: person.nullable().meta({ title: 'From' }),
  to: z.array(person).meta({ title: 'To' }),
  cc: z.array(person).meta({ title: 'Copy to' }),
  replyTo: z.array(person).meta({ title: 'Answers to' }),
  subject: z.string().meta({ title: 'Subject' }),
  date: z.string().nullable().meta({ title: 'Date', format: 'date-time' }),
  inReplyTo: z.string().nullable().meta({ title: 'Answers the Message-ID' }),
  isSeen: z.boolean().meta({ title: 'Was read' }),
  isFlagged: z.boolean().meta({ title: 'Is flagged' }),
  size: z.number().int().meta({ title: 'Bytes' }),
})

/** A message with its content. */
export const mailSchema = mailSummary.extend({
  text: z.string().meta({ title: 'Text' }),
  html: z.string().nullable().meta({ title: 'HTML' }),
  attachments: z.array(fileRefSchema).meta({ title: 'Attachments' }),
  isComplete: z.boolean().meta({ title: 'Is complete', description: 'Off when it was too large to be read whole.' }),
})

/** A message of a list as workflows see it. */
export const sampleSummary: z.infer<typeof mailSummary> = {
  id: '3:8',
  mailbox: 'INBOX',
  messageId: '<1f3a@example.com>',
  from: { name: 'Kim Example', address: 'kim@example.com' },
  to: [{ name: '', address: 'shop@example.com' }],
  cc: [],
  replyTo: [],
  subject: 'Order A-1001',
  date: '2026-05-04T09:30:00.000Z',
  inReplyTo: null,
  isSeen: false,
  isFlagged: false,
  size: 50_120,
}

/** A message as workflows see it. */
export const sampleMail: z.infer<typeof mailSchema> = {
  ...sampleSummary,
  text: 'When does it arrive?',
  html: null,
  attachments: [{ $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 48_213 }],
  isComplete: true,
}

interface ReadingContext {
  readonly files: FileStore
  readonly log: StepLog
}

/** What is asked of a message. */
interface Wanted {
  /** Whether the message is wanted at all. @default yes */
  readonly isWanted?: (mail: Email, facts: MessageFacts) => boolean
  readonly withAttachments: boolean
  /** The folder that is open. */
  readonly folder: string
}

/** Reads a message of an opened folder; undefined when it is gone, or not wanted. */
export async function readMail(
  context: ReadingContext,
  { mailbox, uid }: { readonly mailbox: Mailbox; readonly uid: number },
  { isWanted = () => true, withAttachments, folder }: Wanted,
): Promise<z.infer<typeof mailSchema> | undefined> {
  const facts = await mailbox.factsOf(uid)
  if (facts === undefined) return undefined
  const isComplete = facts.size <= MAX_MESSAGE_BYTES
  const raw = await mailbox.read(uid, isComplete ? 'all' : 'headers')
  // Somebody was quicker and deleted it.
  if (raw === undefined) return undefined
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  if (!isWanted(mail, facts)) return undefined
  return {
    ...summaryOf(mail, { ...facts, uid }, { folder, uidValidity: mailbox.uidValidity }),
    text: (mail.text ?? '').slice(0, MAX_TEXT_LENGTH),
    html: mail.html?.slice(0, MAX_TEXT_LENGTH) ?? null,
    attachments: withAttachments && isComplete ? await keep(context, mail.attachments) : [],
    isComplete,
  }
}

/** What is known of messages by their headers; the newest first. */
export async function readSummaries(mailbox: Mailbox, folder: string, uids: readonly number[]) {
  const found = await mailbox.readHeaders(uids)
  const place = { folder, uidValidity: mailbox.uidValidity }
  const mails = found.toSorted((a, b) => b.uid - a.uid)
  return Promise.all(mails.map(async (each) => summaryOf(await PostalMime.parse(each.raw), each, place)))
}

function summaryOf(mail: Email, facts: MessageFacts, place: { folder: string; uidValidity: number }) {
  const has = (flag: string): boolean => facts.flags.some((each) => each.toLowerCase() === flag)
  return {
    id: mailId(place.uidValidity, facts.uid),
    mailbox: place.folder,
    messageId: mail.messageId ?? null,
    from: people(mail.from === undefined ? [] : [mail.from])[0] ?? null,
    to: people(mail.to),
    cc: people(mail.cc),
    replyTo: people(mail.replyTo),
    subject: mail.subject ?? '',
    date: toIso(mail.date),
    inReplyTo: mail.inReplyTo ?? null,
    isSeen: has('\\seen'),
    isFlagged: has('\\flagged'),
    size: facts.size,
  }
}

/** Groups are told by their members (RFC 5322 section 3.4). */
export function people(addresses: readonly Address[] = []): z.output<typeof person>[] {
  return addresses.flatMap(({ name, address, group }) =>
    group === undefined ? [{ name, address: address ?? '' }] : people(group),
  )
}

function toIso(date: string | undefined): string | null {
  const at = Date.parse(date ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

async function keep({ files, log }: ReadingContext, attachments: readonly Attachment[]): Promise<FileRef[]> {
  const refs: FileRef[] = []
  for (const { filename, mimeType, content } of attachments.slice(0, MAX_ATTACHMENTS)) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
    try {
      refs.push(await files.write({ name: filename ?? 'attachment', contentType: mimeType, bytes }))
    } catch (error) {
      // A message is worth more than an attachment that this deployment does not take.
      if (!isInlayError(error)) throw error
      const facts: JsonObject = { name: filename ?? null, reason: error.message }
      log.warn('An attachment was not kept', facts)
    }
  }
  return refs
}
