import { action, z } from '@inlay/sdk/connector'
import { bucketField, bucketOptions, keyField, keyOptions, objectPath, withoutQuotes } from '../object.js'
import { readAnswer, sendS3 } from '../s3-api.js'
import { xmlText } from '../xml.js'

const TIMEOUT_MS = 120_000
const copied = z.object({ CopyObjectResult: z.object({ ETag: xmlText, LastModified: xmlText }) })

/** Copies an object. */
export const copyObject = action({
  name: 'Copy an object',
  description: 'Copies an object within S3, up to 5 GB, with its metadata.',
  input: z.strictObject({
    bucket: bucketField,
    key: keyField,
    toBucket: bucketField.optional().meta({ title: 'To bucket', description: 'By default the same.' }),
    toKey: keyField.meta({ title: 'To key', examples: ['archive/invoice-1001.pdf'] }),
  }),
  output: z.object({
    etag: z.string().meta({ title: 'ETag', description: 'Changes with the content.' }),
    lastModified: z.string().meta({ title: 'Changed' }),
  }),
  sampleInput: { bucket: 'acme-invoices', key: '2026/04/invoice-1001.pdf', toKey: 'archive/invoice-1001.pdf' },
  sampleOutput: { etag: '70ee1738b6b21e2c8a43f3a5ab0eee71', lastModified: '2026-04-10T20:09:31.000Z' },
  options: { bucket: bucketOptions, key: keyOptions, toBucket: bucketOptions },
  run: async (context) => {
    const { bucket, key, toBucket = bucket, toKey } = context.input
    const response = await sendS3(context, {
      method: 'PUT',
      url: objectPath(toBucket, toKey),
      headers: { 'x-amz-copy-source': objectPath(bucket, key) },
      timeoutMs: TIMEOUT_MS,
    })
    const { ETag, LastModified } = readAnswer(response, copied).CopyObjectResult
    return { etag: withoutQuotes(ETag), lastModified: LastModified }
  },
})
