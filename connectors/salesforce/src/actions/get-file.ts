import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { objectPath, recordIdField } from '../record.js'
import { salesforce } from '../salesforce-api.js'

const MAX_BYTES = 50 * 1024 * 1024

const version = z.object({ Title: z.string(), FileExtension: z.string().nullish() })

/** Downloads a file. */
export const getFile = action({
  name: 'Download a file',
  description: 'Downloads a version of a file, for later steps.',
  input: z.strictObject({
    id: recordIdField.meta({
      title: 'Version id',
      description: 'Of a ContentVersion.',
      examples: ['068000000000001AAA'],
    }),
  }),
  output: z.object({ file: fileRefSchema }),
  sampleInput: { id: '068000000000001AAA' },
  sampleOutput: { file: { $file: 'file_1', name: 'offer.pdf', contentType: 'application/pdf', size: 5362 } },
  scopes: ['api'],
  run: async (context) => {
    const url = objectPath('ContentVersion', context.input.id)
    const query = { fields: 'Title,FileExtension' }
    const { Title, FileExtension } = await salesforce.call(context, { url, query, answer: version })
    const response = await salesforce.raw(context, {
      url: `${url}/VersionData`,
      maxResponseBytes: MAX_BYTES,
      timeoutMs: 120_000,
    })
    const ending = FileExtension && !Title.endsWith(`.${FileExtension}`) ? `.${FileExtension}` : ''
    const contentType = response.headers['content-type'] ?? 'application/octet-stream'
    const file = await context.files.write({ name: `${Title}${ending}`, contentType, bytes: response.bytes })
    return { file }
  },
})
