import { type ActionContext, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'
import { MAILBOX } from './message.js'
import { addressList, headerText, writeMessage } from './mime.js'

const address = z
  .string()
  .regex(/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/, 'must be an address such as kim@acme.example or Kim <kim@acme.example>')
  .meta({ title: 'Address' })
const people = z.array(address).max(500)

/** The field for those whom a message goes to. */
export const recipientsField = people.min(1).meta({ title: 'To', examples: [['kim@acme.example']] })

/** What all messages hold that are written here. */
export const contentFields = {
  cc: people.optional().meta({ title: 'Copy to' }),
  bcc: people.optional().meta({ title: 'Blind copy to' }),
  text: z
    .string()
    .optional()
    .meta({ title: 'Text', format: 'multiline', examples: ['It is on its way.'] }),
  html: z
    .string()
    .optional()
    .meta({ title: 'HTML', format: 'multiline', description: 'Beside the text, or instead of it.' }),
  from: address
    .optional()
    .meta({ title: 'From', description: 'An alias that the account may send as. By default the account itself.' }),
  attachments: z.array(fileRefSchema).max(50).optional().meta({ title: 'Attachments' }),
}

/** The fields of messages that start a thread. */
export const newMessageFields = {
  to: recipientsField,
  subject: z
    .string()
    .max(1000)
    .meta({ title: 'Subject', examples: ['Order A-1001'] }),
  ...contentFields,
}

/** A message before its files are read. */
interface Draft extends z.output<z.ZodObject<typeof newMessageFields>> {
  readonly threadId?: string
  /** `Message-ID` of the message that it answers. */
  readonly inReplyTo?: string
  readonly references?: string
}

const MAX_BYTES = 25 * 1024 * 1024

/** A message for the API: in Base64url, with its thread. @throws StepError `limit` when it is larger than Gmail takes */
export async function rawMessage(context: ActionContext, draft: Draft): Promise<{ raw: string; threadId?: string }> {
  const { attachments = [], threadId } = draft
  const files = []
  for (const file of attachments) {
    files.push({ name: file.name, contentType: file.contentType, bytes: await context.files.read(file) })
  }
  const headers: [string, string][] = [
    ['From', addressList(draft.from === undefined ? [] : [draft.from])],
    ['To', addressList(draft.to)],
    ['Cc', addressList(draft.cc ?? [])],
    ['Bcc', addressList(draft.bcc ?? [])],
    ['Subject', headerText(draft.subject)],
    ['In-Reply-To', headerText(draft.inReplyTo ?? '')],
    ['References', headerText(draft.references ?? '')],
  ]
  const { text, html } = draft
  const written = writeMessage({ headers, text, html, attachments: files, seed: context.idempotencyKey })
  if (written.length > MAX_BYTES) {
    throw new StepError('limit', 'The message is larger than Gmail takes', {
      detail: `It has ${written.length} bytes with its attachments; at most ${MAX_BYTES} are sent. Send a link instead.`,
    })
  }
  const raw = Buffer.from(written).toString('base64url')
  return { raw, ...(threadId === undefined ? {} : { threadId }) }
}

/** What Gmail tells of a message that was sent. */
export const sentSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  threadId: z.string().meta({ title: 'Thread id' }),
  labelIds: z.array(z.string()).default([]).meta({ title: 'Label ids' }),
})

const UPLOAD_BYTES = 4 * 1024 * 1024

/** Sends a message: large ones by Gmail's door for uploads, as its usual one takes no more than some megabytes. */
export async function send(context: ActionContext, draft: Draft) {
  const { raw, threadId } = await rawMessage(context, draft)
  const isLarge = raw.length > UPLOAD_BYTES
  if (!isLarge) {
    const json = { raw, ...(threadId === undefined ? {} : { threadId }) }
    return google.call(context, { method: 'POST', url: `${MAILBOX}/messages/send`, json, answer: sentSchema })
  }
  return google.call(context, {
    method: 'POST',
    url: `/upload${MAILBOX}/messages/send`,
    query: { uploadType: 'multipart' },
    ...related(threadId === undefined ? {} : { threadId }, Buffer.from(raw, 'base64url')),
    timeoutMs: 120_000,
    answer: sentSchema,
  })
}

/** An upload with its description (RFC 2387). */
function related(description: object, message: Uint8Array) {
  const boundary = '=_inlay_related'
  const head = [
    `--${boundary}`,
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify(description),
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    '',
  ].join('\r\n')
  const bytes = Buffer.concat([Buffer.from(head), message, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { bytes, headers: { 'content-type': `multipart/related; boundary="${boundary}"` } }
}
