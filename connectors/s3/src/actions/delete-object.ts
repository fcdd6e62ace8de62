import { action, z } from '@inlay/sdk/connector'
import { bucketField, bucketOptions, keyField, keyOptions, objectPath } from '../object.js'
import { sendS3, unexpected } from '../s3-api.js'

/** Deletes an object. */
export const deleteObject = action({
  name: 'Delete an object',
  description: 'Deletes an object. S3 does not tell whether there was one.',
  input: z.strictObject({ bucket: bucketField, key: keyField }),
  output: z.object({ versionId: z.string().nullable().meta({ title: 'Version of the deletion' }) }),
  sampleInput: { bucket: 'acme-invoices', key: '2026/04/invoice-1001.pdf' },
  sampleOutput: { versionId: null },
  options: { bucket: bucketOptions, key: keyOptions },
  run: async (context) => {
    const { bucket, key } = context.input
    const response = await sendS3(context, { method: 'DELETE', url: objectPath(bucket, key) })
    if (response.text !== '') throw unexpected(response)
    return { versionId: response.headers['x-amz-version-id'] ?? null }
  },
})
