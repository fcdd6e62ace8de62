import { action, z } from '@inlay/sdk/connector'
import { withMailbox } from '../imap/account.js'
import { searchText } from '../imap/wire-text.js'
import { mailSummary, readSummaries, sampleSummary } from '../mail.js'
import { folderField, folderOptions } from '../mail-place.js'

const day = z.iso.date().optional()
const part = z.string().min(1).max(500).optional()

const input = z.strictObject({
  mailbox: folderField,
  from: part.meta({ title: 'From', description: 'An address or name, or a part of one.' }),
  to: part.meta({ title: 'To', description: 'An address or name, or a part of one.' }),
  subject: part.meta({ title: 'Subject', description: 'A part of it.' }),
  text: part.meta({ title: 'Text', description: 'Anywhere in the message.' }),
  since: day.meta({ title: 'Arrived on or after', format: 'date' }),
  before: day.meta({ title: 'Arrived before', format: 'date' }),
  isUnread: z.boolean().default(false).meta({ title: 'Unread alone' }),
  isFlagged: z.boolean().default(false).meta({ title: 'Flagged alone' }),
  maxMails: z.int().min(1).max(200).default(20).meta({ title: 'At most this many' }),
})

/** Finds messages. */
export const searchMails = action({
  name: 'Search mail',
  description: 'Finds messages of a folder, the newest first. Messages stay unread.',
  input,
  output: z.object({
    mails: z.array(mailSummary).meta({ title: 'Messages' }),
    total: z.number().int().meta({ title: 'How many there are' }),
  }),
  sampleInput: { mailbox: 'INBOX', from: 'kim@example.com', isUnread: true },
  sampleOutput: { mails: [sampleSummary], total: 1 },
  options: { mailbox: folderOptions },
  run: async (context) => {
    const { mailbox: name, maxMails } = context.input
    return withMailbox(context, { name, mode: 'read' }, async (mailbox) => {
      const uids = await mailbox.search(criteriaOf(context.input))
      return { mails: await readSummaries(mailbox, name, uids.slice(-maxMails)), total: uids.length }
    })
  },
})

/** Search keys of RFC 9051 section 6.4.4. */
function criteriaOf(asked: z.output<typeof input>): (string | Buffer)[] {
  const texts = [
    ['FROM', asked.from],
    ['TO', asked.to],
    ['SUBJECT', asked.subject],
    ['TEXT', asked.text],
  ] as const
  const keys = [
    ...(asked.isUnread ? ['UNSEEN'] : []),
    ...(asked.isFlagged ? ['FLAGGED'] : []),
    ...(asked.since === undefined ? [] : [`SINCE ${imapDate(asked.since)}`]),
    ...(asked.before === undefined ? [] : [`BEFORE ${imapDate(asked.before)}`]),
  ]
  const found = texts.flatMap(([key, text]) => (text === undefined ? [] : [` ${key} `, searchText(text)]))
  return [keys.join(' ') || 'ALL', ...found]
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function imapDate(iso: string): string {
  const [year, month, date] = iso.split('-').map(Number)
  return `${date}-${MONTHS[(month ?? 1) - 1]}-${year}`
}
