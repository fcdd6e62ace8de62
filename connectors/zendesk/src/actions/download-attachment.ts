import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { attachmentSchema } from '../comment.js'
import { idField } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** What Zendesk takes as a file at most. */
const MAX_BYTES = 50 * 1024 * 1024

/** Downloads a file of a comment. */
export const downloadAttachment = action({
  name: 'Download an attachment',
  description: 'Reads a file of a comment, for later steps to use.',
  input: z.strictObject({
    attachment: idField.meta({ title: 'Attachment id', description: 'As "List comments" gives it.' }),
  }),
  output: z.object({ file: fileRefSchema.meta({ title: 'File' }) }),
  sampleInput: { attachment: 498483 },
  sampleOutput: { file: { $file: 'file_1', name: 'crash.log', contentType: 'text/plain', size: 2532 } },
  scopes: ['read'],
  run: async (context) => {
    const { attachment } = await zendesk.call(context, {
      url: `/api/v2/attachments/${context.input.attachment}`,
      answer: z.object({ attachment: attachmentSchema }),
    })
    const { content_url: url, file_name: name, content_type: contentType } = attachment
    const { bytes } = await zendesk.raw(context, { url, maxResponseBytes: MAX_BYTES })
    return { file: await context.files.write({ name, contentType, bytes }) }
  },
})
