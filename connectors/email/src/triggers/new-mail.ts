import { type PollContext, pollingTrigger, type TriggerItem, z } from '@inlay/sdk/connector'
import type { Email } from 'postal-mime'
import { withMailbox } from '../imap/account.js'
import type { MessageFacts } from '../imap/mailbox.js'
import { mailSchema, readMail, sampleMail } from '../mail.js'
import { folderField, folderOptions, mailId } from '../mail-place.js'

/** More follow with the next poll, at once. */
const MAX_MESSAGES = 20

const input = z.strictObject({
  mailbox: folderField,
  from: z.string().optional().meta({ title: 'Only from', description: 'An address, or a part of one.' }),
  subject: z.string().optional().meta({ title: 'Only with subject', description: 'A part of it.' }),
  isUnread: z.boolean().default(false).meta({ title: 'Only unread', description: 'Not what somebody read at once.' }),
  withAttachments: z.boolean().default(true).meta({ title: 'Keep attachments' }),
})

const kept = z.object({ uidValidity: z.number(), uidNext: z.number() })

/** Starts on each new message. */
export const newMail = pollingTrigger({
  name: 'New mail',
  description: 'Starts for each message that arrives in a folder. Messages stay unread.',
  input,
  output: mailSchema,
  sampleOutput: sampleMail,
  options: { mailbox: folderOptions },
  poll: (context) =>
    withMailbox(context, { name: context.input.mailbox, mode: 'read' }, async (mailbox) => {
      const { uidValidity, uidNext } = mailbox
      const before = kept.safeParse(context.cursor).data
      // Nothing is known, or the server numbers its messages anew: what is there already starts nothing.
      if (before === undefined || before.uidValidity !== uidValidity) {
        return { items: [], cursor: { uidValidity, uidNext } }
      }
      const uids = await mailbox.uidsFrom(before.uidNext)
      const now = uids.slice(0, MAX_MESSAGES)
      const items: TriggerItem[] = []
      for (const uid of now) {
        const data = await readMail(context, { mailbox, uid }, wantedOf(context))
        if (data !== undefined) items.push({ id: mailId(uidValidity, uid), data })
      }
      const next = now.length < uids.length ? (now.at(-1) ?? 0) + 1 : Math.max(uidNext, (uids.at(-1) ?? 0) + 1)
      return { items, cursor: { uidValidity, uidNext: next }, hasMore: now.length < uids.length }
    }),
})

type NewMailContext = PollContext<z.output<typeof input>>

function wantedOf({ input: { mailbox: folder, withAttachments, ...wanted } }: NewMailContext) {
  const isWanted = ({ from, subject = '' }: Email, { flags }: MessageFacts): boolean =>
    has(`${from?.name ?? ''} ${from?.address ?? ''}`, wanted.from) &&
    has(subject, wanted.subject) &&
    !(wanted.isUnread && flags.some((flag) => flag.toLowerCase() === '\\seen'))
  return { folder, withAttachments, isWanted }
}

function has(text: string, part: string | undefined): boolean {
  return part === undefined || text.toLowerCase().includes(part.toLowerCase())
}
