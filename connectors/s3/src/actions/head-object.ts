import { action, z } from '@inlay/sdk/connector'
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

/** Tells about an object. */
export const headObject = action({
  name: 'Look up an object',
  description: 'Tells type, size, age and metadata of an object without reading it.',
  input: z.strictObject({ bucket: bucketField, key: keyField }),
  output: objectInfoSchema,
  sampleInput: { bucket: 'acme-invoices', key: '2026/04/invoice-1001.pdf' },
  sampleOutput: sampleInfo,
  options: { bucket: bucketOptions, key: keyOptions },
  run: async (context) => {
    const { bucket, key } = context.input
    return infoOf(await sendS3(context, { method: 'HEAD', url: objectPath(bucket, key) }))
  },
})
