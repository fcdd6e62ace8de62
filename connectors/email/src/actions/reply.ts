import { type ActionContext, action, StepError, z } from '@inlay/sdk/connector'
import PostalMime, { type Email } from 'postal-mime'
import { people } from '../mail.js'
import { folderOptions, gone, mailPlace, withMail } from '../mail-place.js'
import { contentFields, contentOf, deliver, fromField, sampleSent, sentSchema } from '../outgoing.js'

const input = z.strictObject({
  ...mailPlace,
  from: fromField,
  ...contentFields,
  isToAll: z.boolean().default(false).meta({ title: 'To all', description: 'Copies to everybody who got it, too.' }),
})

/** Answers a message, in its thread. */
export const reply = action({
  name: 'Reply to a message',
  description: 'Answers a message, so that mail programs show it in the same conversation.',
  input,
  output: sentSchema,
  sampleInput: { mailbox: 'INBOX', id: '3:8', from: 'Shop <shop@example.com>', text: 'It is on its way.' },
  sampleOutput: sampleSent,
  options: { mailbox: folderOptions },
  run: async (context) => {
    const { from, isToAll } = context.input
    const original = await readHeaders(context)
    const { to, cc } = receiversOf(original, from, isToAll)
    if (to.length === 0) {
      throw new StepError('rejected', 'Nobody can be answered', { detail: 'The message names no sender.' })
    }
    const { subject = '', messageId } = original
    return deliver(context, {
      from,
      to,
      cc: cc.length === 0 ? undefined : cc,
      subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
      inReplyTo: messageId,
      references: referencesOf(original),
      ...(await contentOf(context, context.input)),
    })
  },
})

async function readHeaders(context: ActionContext<z.output<typeof input>>): Promise<Email> {
  const raw = await withMail(context, 'read', ({ mailbox, uid }) => mailbox.read(uid, 'headers'))
  if (raw === undefined) throw gone(context.input.mailbox)
  return PostalMime.parse(raw)
}

/** Those before it, and itself (RFC 5322 section 3.6.4). */
function referencesOf({ references, inReplyTo, messageId }: Email): string[] | undefined {
  const before = (references ?? inReplyTo ?? '').split(/\s+/).filter((id) => id !== '')
  const all = messageId === undefined ? before : [...before, messageId]
  return all.length === 0 ? undefined : all
}

function receiversOf(original: Email, from: string, isToAll: boolean) {
  const answered = people(original.replyTo ?? (original.from === undefined ? [] : [original.from]))
  const own = /<([^>]+)>\s*$/.exec(from)?.[1] ?? from.trim()
  const known = new Set([own, ...answered.map(({ address }) => address)].map((each) => each.toLowerCase()))
  const others = isToAll ? people([...(original.to ?? []), ...(original.cc ?? [])]) : []
  const copies = others.filter(({ address }) => address !== '' && !known.has(address.toLowerCase()))
  return { to: answered.filter(({ address }) => address !== ''), cc: copies }
}
