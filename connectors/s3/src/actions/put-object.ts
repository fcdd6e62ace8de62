import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { bucketField, bucketOptions, etagOf, keyField, objectPath } from '../object.js'
import { sendS3 } from '../s3-api.js'

const TIMEOUT_MS = 120_000

/** Writes an object. */
export const putObject = action({
  name: 'Write an object',
  description: 'Makes or replaces an object of a bucket.',
  input: z.strictObject({
    bucket: bucketField,
    key: keyField,
    file: fileRefSchema.optional(),
    text: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'Instead of a file.' }),
    contentType: z
      .string()
      .optional()
      .meta({ title: 'Type', description: 'By default that of the file.', examples: ['text/csv'] }),
    metadata: z
      .record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string())
      .optional()
      .meta({ title: 'Metadata', description: 'Kept with the object; names of letters, digits and dashes.' }),
    isNew: z
      .boolean()
      .default(false)
      .meta({ title: 'Only if new', description: 'Fails when there is an object of that key already.' }),
  }),
  output: z.object({
    etag: z.string().meta({ title: 'ETag', description: 'Changes with the content.' }),
    versionId: z.string().nullable().meta({ title: 'Version' }),
    size: z.number().meta({ title: 'Bytes' }),
  }),
  sampleInput: { bucket: 'acme-invoices', key: 'prices.csv', text: 'a,1' },
  sampleOutput: { etag: '70ee1738b6b21e2c8a43f3a5ab0eee71', versionId: null, size: 3 },
  options: { bucket: bucketOptions },
  run: async (context) => {
    const { bucket, key, file, text, contentType, metadata = {}, isNew } = context.input
    if (file === undefined && text === undefined) {
      throw new StepError('validation', 'There is nothing to write', { detail: 'Give a text or a file.' })
    }
    const bytes = file === undefined ? Buffer.from(text ?? '') : await context.files.read(file)
    const response = await sendS3(context, {
      method: 'PUT',
      url: objectPath(bucket, key),
      bytes,
      timeoutMs: TIMEOUT_MS,
      headers: {
        'content-type': contentType ?? file?.contentType ?? 'text/plain; charset=utf-8',
        ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
        ...(isNew ? { 'if-none-match': '*' } : {}),
      },
    })
    return { etag: etagOf(response), versionId: response.headers['x-amz-version-id'] ?? null, size: bytes.length }
  },
})
