import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { UPLOADS } from '../origins.js'
import { baseOptions, fieldOptions, recordField, tableFields, tableOptions } from '../table.js'

const MAX_BYTES = 5 * 1024 * 1024
const TIMEOUT_MS = 120_000

const attachment = z.object({
  id: z.string().meta({ title: 'Id' }),
  filename: z.string().meta({ title: 'Name' }),
  url: z.string().meta({ title: 'Address', description: 'Good for some hours.' }),
  size: z.number().optional().meta({ title: 'Bytes' }),
  type: z.string().optional().meta({ title: 'Type' }),
})

/** By the id of the field, of which there is one. */
const uploaded = z.object({ fields: z.record(z.string(), z.array(attachment)) })

/** Puts a file into a record. */
export const uploadAttachment = action({
  name: 'Attach a file',
  description: 'Adds a file of up to 5 MB to a field for attachments; what is there stays.',
  input: z.strictObject({
    ...tableFields,
    record: recordField,
    field: z
      .string()
      .min(1)
      .meta({ title: 'Field', examples: ['Documents'] }),
    file: fileRefSchema,
  }),
  output: z.object({ attachments: z.array(attachment).meta({ title: 'All of the field' }) }),
  sampleInput: {
    base: 'appExampleBase01',
    table: 'Orders',
    record: 'recExample0000001',
    field: 'Documents',
    file: { $file: 'file_1', name: 'invoice-1001.pdf', contentType: 'application/pdf', size: 18_213 },
  },
  sampleOutput: {
    attachments: [
      {
        id: 'attExample0000001',
        filename: 'invoice-1001.pdf',
        url: 'https://v5.airtableusercontent.com/1',
        size: 18_213,
      },
    ],
  },
  scopes: ['data.records:write'],
  options: { base: baseOptions, table: tableOptions, field: fieldOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { base, record, field, file } = context.input
    if (file.size > MAX_BYTES) {
      throw new StepError('limit', `"${file.name}" is too large for Airtable`, {
        detail: 'It takes files of up to 5 MB; give larger ones by an address, as the value of the field.',
      })
    }
    const content = Buffer.from(await context.files.read(file)).toString('base64')
    const path = [base, record, field].map(encodeURIComponent).join('/')
    const { fields } = await airtable.call(context, {
      method: 'POST',
      url: `${UPLOADS}/v0/${path}/uploadAttachment`,
      json: { contentType: file.contentType, filename: file.name, file: content },
      timeoutMs: TIMEOUT_MS,
      answer: uploaded,
    })
    return { attachments: Object.values(fields).flat() }
  },
})
