import { type ActionContext, type FileRef, fileRefSchema, z } from '@inlay/sdk/connector'
import { zendesk } from './zendesk-api.js'

/** A file of a comment. */
export const attachmentSchema = z.object({
  id: z.number().meta({ title: 'Attachment id' }),
  file_name: z.string().meta({ title: 'Name' }),
  content_url: z.string().meta({ title: 'Address' }),
  content_type: z.string().meta({ title: 'Type' }),
  size: z.number().meta({ title: 'Size', description: 'Bytes.' }),
})

/** A comment as Zendesk tells of one. */
export const commentSchema = z.object({
  id: z.number().meta({ title: 'Comment id' }),
  author_id: z.number().meta({ title: 'Id of the author' }),
  public: z.boolean().meta({ title: 'The requester sees it' }),
  plain_body: z.string().nullish().meta({ title: 'Text' }),
  body: z.string().nullish().meta({ title: 'Text as it was written' }),
  html_body: z.string().nullish().meta({ title: 'HTML' }),
  attachments: z.array(attachmentSchema).default([]).meta({ title: 'Files' }),
  created_at: z.string().meta({ title: 'Created' }),
})

/** A file as in Zendesk's documentation. */
export const sampleAttachment = {
  id: 498483,
  file_name: 'crash.log',
  content_url: 'https://acme.zendesk.com/attachments/token/test/?name=crash.log',
  content_type: 'text/plain',
  size: 2532,
}

/** The fields of a message on a ticket. */
export const messageFields = {
  message: z.string().min(1).meta({ title: 'Message', format: 'multiline' }),
  isHtml: z.boolean().default(false).meta({ title: 'The message is HTML' }),
  files: z.array(fileRefSchema).max(10).optional().meta({ title: 'Files', description: 'At most 50 MB each.' }),
}

const messageSchema = z.object(messageFields)

/** A message as the `comment` of a ticket, its files uploaded. */
export async function writeComment(context: ActionContext<z.output<typeof messageSchema>>) {
  const { message, isHtml, files = [] } = context.input
  const text = isHtml ? { html_body: message } : { body: message }
  return { ...text, uploads: files.length === 0 ? undefined : [await upload(context, files)] }
}

/** How long Zendesk keeps files that no comment names. */
const TOKEN_MS = 3_600_000

/**
 * Uploads files under one token, by which a comment then names them. A step that is repeated names the same token:
 * Zendesk refuses an idempotency key that comes with another body.
 */
async function upload(context: ActionContext, files: readonly FileRef[]): Promise<string> {
  const key = `upload:${context.idempotencyKey}`
  const kept = await context.store.workflow.get(key)
  if (typeof kept === 'string') return kept
  let token: string | undefined
  for (const file of files) {
    const { upload: made }: { upload: { token: string } } = await zendesk.call(context, {
      method: 'POST',
      url: '/api/v2/uploads',
      query: { filename: file.name, token },
      headers: { 'content-type': file.contentType },
      bytes: await context.files.read(file),
      answer: z.object({ upload: z.object({ token: z.string() }) }),
    })
    token = made.token
  }
  await context.store.workflow.set(key, token ?? '', { ttlMs: TOKEN_MS })
  return token ?? ''
}
