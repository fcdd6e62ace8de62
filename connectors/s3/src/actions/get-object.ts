import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import {
  bucketField,
  bucketOptions,
  infoOf,
  keyField,
  keyOptions,
  objectInfoSchema,
  objectPath,
  sampleInfo,
} from '../object.js'
import { sendS3 } from '../s3-api.js'

const TIMEOUT_MS = 120_000
const MAX_BYTES = 50 * 1024 * 1024

/** Reads an object. */
export const getObject = action({
  name: 'Read an object',
  description: 'Reads an object of a bucket into a file, up to 50 MB.',
  input: z.strictObject({
    bucket: bucketField,
    key: keyField,
    versionId: z.string().optional().meta({ title: 'Version', description: 'By default the newest.' }),
  }),
  output: objectInfoSchema.extend({ file: fileRefSchema }),
  sampleInput: { bucket: 'acme-invoices', key: '2026/04/invoice-1001.pdf' },
  sampleOutput: {
    ...sampleInfo,
    file: { $file: 'file_1', name: 'invoice-1001.pdf', contentType: 'application/pdf', size: 18_213 },
  },
  options: { bucket: bucketOptions, key: keyOptions },
  run: async (context) => {
    const { bucket, key, versionId } = context.input
    const response = await sendS3(context, {
      url: objectPath(bucket, key),
      query: { versionId },
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_BYTES,
    })
    const info = infoOf(response)
    const file = await context.files.write({
      name: key.split('/').findLast((part) => part !== '') ?? key,
      contentType: info.contentType ?? 'application/octet-stream',
      bytes: response.bytes,
    })
    return { ...info, size: response.bytes.length, file }
  },
})
