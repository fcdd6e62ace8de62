import { type ActionContext, action, z } from '@inlay/sdk/connector'
import { MODIFY_SCOPE } from '../auth.js'
import { google } from '../google-api.js'
import {
  flatten,
  MAILBOX,
  messageIdField,
  messageWithFiles,
  readMessage,
  sampleMessage,
  toMessage,
} from '../message.js'

const MAX_ATTACHMENT_BYTES = 50 * 1024 * 1024

/** Reads a message. */
export const getMessage = action({
  name: 'Get a message',
  description: 'Reads a message with its attachments.',
  input: z.strictObject({
    messageId: messageIdField,
    withAttachments: z.boolean().default(true).meta({ title: 'With attachments' }),
  }),
  output: messageWithFiles,
  sampleInput: { messageId: '18c2example' },
  sampleOutput: {
    ...sampleMessage,
    attachments: [{ $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 5362 }],
  },
  scopes: [MODIFY_SCOPE],
  run: async (context) => {
    const { messageId, withAttachments } = context.input
    const message = await readMessage(context, messageId)
    const attachments = []
    for (const { filename, mimeType = 'application/octet-stream', body } of flatten(message.payload)) {
      if (!withAttachments || !filename || body === undefined) continue
      const data = body.data ?? (await readAttachment(context, messageId, body.attachmentId ?? ''))
      const bytes = Buffer.from(data, 'base64url')
      attachments.push(await context.files.write({ name: filename, contentType: mimeType, bytes }))
    }
    return { ...toMessage(message), attachments }
  },
})

async function readAttachment(context: ActionContext, messageId: string, attachmentId: string): Promise<string> {
  const [message, attachment] = [messageId, attachmentId].map(encodeURIComponent)
  const { data } = await google.call(context, {
    url: `${MAILBOX}/messages/${message}/attachments/${attachment}`,
    maxResponseBytes: MAX_ATTACHMENT_BYTES,
    timeoutMs: 120_000,
    answer: z.object({ data: z.string() }),
  })
  return data
}
