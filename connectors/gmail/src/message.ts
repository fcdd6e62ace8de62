import { fileRefSchema, type ServiceContext, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'

/** The path of the account's mailbox. */
export const MAILBOX = '/gmail/v1/users/me'

/** The field by which actions name a message. */
export const messageIdField = z
  .string()
  .min(1)
  .meta({ title: 'Message id', examples: ['18c2example'] })

interface GmailPart {
  readonly mimeType?: string | undefined
  readonly filename?: string | undefined
  readonly headers?: { name: string; value: string }[] | undefined
  readonly body?:
    | { attachmentId?: string | undefined; data?: string | undefined; size?: number | undefined }
    | undefined
  readonly parts?: GmailPart[] | undefined
}

const partSchema: z.ZodType<GmailPart> = z.object({
  mimeType: z.string().optional(),
  filename: z.string().optional(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  body: z
    .object({ attachmentId: z.string().optional(), data: z.string().optional(), size: z.number().optional() })
    .optional(),
  get parts() {
    return z.array(partSchema).optional()
  },
})

/** A message as the API gives it. */
export const gmailMessage = z.object({
  id: z.string(),
  threadId: z.string(),
  labelIds: z.array(z.string()).default([]),
  snippet: z.string().default(''),
  internalDate: z.string(),
  payload: partSchema,
})

/** A message as automations see it. */
export const messageSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  threadId: z.string().meta({ title: 'Thread id' }),
  labelIds: z.array(z.string()).meta({ title: 'Label ids' }),
  receivedAt: z.string().meta({ title: 'Received' }),
  from: z.string().meta({ title: 'From' }),
  to: z.string().meta({ title: 'To' }),
  cc: z.string().meta({ title: 'Copy to' }),
  subject: z.string().meta({ title: 'Subject' }),
  snippet: z.string().meta({ title: 'Beginning' }),
  text: z.string().nullable().meta({ title: 'Text' }),
  html: z.string().nullable().meta({ title: 'HTML' }),
  attachmentNames: z.array(z.string()).meta({ title: 'Names of attachments' }),
})

/** A message with its attachments. */
export const messageWithFiles = messageSchema.extend({
  attachments: z.array(fileRefSchema).meta({ title: 'Attachments' }),
})

/** A message, for forms. */
export const sampleMessage = {
  id: '18c2example',
  threadId: '18c2example',
  labelIds: ['INBOX', 'UNREAD'],
  receivedAt: '2026-04-10T20:09:31.000Z',
  from: 'Kim Doe <kim@acme.example>',
  to: 'shop@acme.example',
  cc: '',
  subject: 'Order A-1001',
  snippet: 'Where is my order?',
  text: 'Where is my order?',
  html: null,
  attachmentNames: ['invoice.pdf'],
}

/** A header of a message; empty when it has none. Names are compared without case. */
export function headerOf({ payload }: z.output<typeof gmailMessage>, name: string): string {
  return payload.headers?.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? ''
}

/** What automations see of a message of the API. */
export function toMessage(message: z.output<typeof gmailMessage>): z.output<typeof messageSchema> {
  const parts = flatten(message.payload)
  return {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds,
    receivedAt: new Date(Number(message.internalDate)).toISOString(),
    from: headerOf(message, 'From'),
    to: headerOf(message, 'To'),
    cc: headerOf(message, 'Cc'),
    subject: headerOf(message, 'Subject'),
    snippet: message.snippet,
    text: textOf(parts, 'text/plain'),
    html: textOf(parts, 'text/html'),
    attachmentNames: parts.flatMap(({ filename }) => (filename ? [filename] : [])),
  }
}

/** All parts of a message, from the outside in. */
export function flatten(part: GmailPart): GmailPart[] {
  return [part, ...(part.parts ?? []).flatMap(flatten)]
}

function textOf(parts: readonly GmailPart[], type: string): string | null {
  const part = parts.find(({ mimeType, filename, body }) => mimeType === type && !filename && body?.data !== undefined)
  // Gmail gives texts in UTF-8, whatever they were sent in.
  return part?.body?.data === undefined ? null : Buffer.from(part.body.data, 'base64url').toString('utf8')
}

/** Reads one message. */
export function readMessage(context: ServiceContext, id: string, format: 'full' | 'metadata' = 'full') {
  return google.call(context, {
    url: `${MAILBOX}/messages/${encodeURIComponent(id)}`,
    query: { format },
    answer: gmailMessage,
  })
}

const AT_ONCE = 10

/** Reads messages, a few at a time. */
export async function readMessages(context: ServiceContext, ids: readonly string[]) {
  const messages: z.output<typeof gmailMessage>[] = []
  for (let next = 0; next < ids.length; next += AT_ONCE) {
    messages.push(...(await Promise.all(ids.slice(next, next + AT_ONCE).map((id) => readMessage(context, id)))))
  }
  return messages
}
