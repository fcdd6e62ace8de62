import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { objectPath, recordIdField, savedSchema } from '../record.js'
import { salesforce } from '../salesforce-api.js'

/** Uploads a file, and attaches it to a record. */
export const uploadFile = action({
  name: 'Upload a file',
  description: 'Uploads a file of up to 35 MB, and attaches it to a record.',
  input: z.strictObject({
    file: fileRefSchema,
    title: z.string().max(255).optional().meta({ title: 'Title', description: 'By default the name of the file.' }),
    recordId: recordIdField.optional().meta({ title: 'Attach to', description: 'The id of a record.' }),
  }),
  output: savedSchema,
  sampleInput: {
    file: { $file: 'file_1', name: 'offer.pdf', contentType: 'application/pdf', size: 5362 },
    recordId: '001000000000001AAA',
  },
  sampleOutput: { id: '068000000000001AAA', success: true },
  scopes: ['api'],
  // Salesforce knows no idempotency key: repeating after a crash would upload it again.
  delivery: 'at-most-once',
  run: async (context) => {
    const { file, title, recordId } = context.input
    const bytes = await context.files.read(file)
    return salesforce.call(context, {
      method: 'POST',
      url: objectPath('ContentVersion'),
      json: {
        Title: title ?? file.name,
        PathOnClient: file.name,
        VersionData: Buffer.from(bytes).toString('base64'),
        FirstPublishLocationId: recordId,
      },
      answer: savedSchema,
      timeoutMs: 120_000,
    })
  },
})
