import { type FileRef, type FileStore, fileRefSchema, type JsonInput, z } from '@inlay/sdk/connector'

const address = z.email()

/** Who sends, who receives, and what goes along. */
export const mailFields = {
  from: address.meta({ title: 'From', format: 'email', examples: ['shop@example.com'] }),
  fromName: z.string().optional().meta({ title: 'Name of the sender' }),
  to: z
    .array(address)
    .min(1)
    .max(1000)
    .meta({ title: 'To', examples: [['kim@example.com']] }),
  cc: z.array(address).default([]).meta({ title: 'Copy to' }),
  bcc: z.array(address).default([]).meta({ title: 'Hidden copy to' }),
  replyTo: address.optional().meta({ title: 'Answers to', format: 'email' }),
  attachments: z.array(fileRefSchema).max(20).default([]).meta({ title: 'Attachments' }),
  category: z.string().max(255).optional().meta({ title: 'Category', description: 'For statistics and mail events.' }),
  sendAt: z.iso.datetime({ offset: true }).optional().meta({ title: 'Send at', description: 'Within three days.' }),
}

const mail = z.object(mailFields)

/** What a mail of any kind has in the API. @param personal what is said of each receiver */
export async function mailBody(
  input: z.output<typeof mail>,
  files: FileStore,
  personal: Readonly<Record<string, JsonInput>>,
) {
  const { from, fromName, to, cc, bcc, replyTo, attachments, category, sendAt } = input
  const people = (list: readonly string[]) => (list.length === 0 ? undefined : list.map((email) => ({ email })))
  return {
    personalizations: [{ to: people(to), cc: people(cc), bcc: people(bcc), ...personal }],
    from: { email: from, name: fromName },
    reply_to: replyTo === undefined ? undefined : { email: replyTo },
    attachments:
      attachments.length === 0 ? undefined : await Promise.all(attachments.map((file) => attach(file, files))),
    categories: category === undefined ? undefined : [category],
    send_at: sendAt === undefined ? undefined : Math.floor(Date.parse(sendAt) / 1000),
  }
}

async function attach(file: FileRef, files: FileStore) {
  const content = Buffer.from(await files.read(file)).toString('base64')
  return { content, type: file.contentType, filename: file.name, disposition: 'attachment' }
}
