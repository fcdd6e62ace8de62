import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { bucketField, bucketOptions, keyField, objectPath } from '../object.js'
import { writeObject } from '../write-object.js'

/** Writes an object. */
export const putObject = action({
  name: 'Write an object',
  description: 'Makes or replaces an object of a bucket. What is longer than 8 MiB is sent in parts.',
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
    hasChecksum: z.boolean().default(false).meta({
      title: 'Keep a SHA-256',
      description: 'With the object, for those who check it later. Some services other than Amazon S3 refuse it.',
    }),
  }),
  output: z.object({
    etag: z.string().meta({
      title: 'ETag',
      description: 'Changes with the content. Of objects sent in parts it ends in a dash and their number.',
    }),
    versionId: z.string().nullable().meta({ title: 'Version' }),
    checksumSha256: z.string().nullable().meta({
      title: 'SHA-256',
      description:
        'Base64, when it was asked for. Of objects sent in parts: of the checksums of parts, with their number.',
    }),
    size: z.number().meta({ title: 'Bytes' }),
  }),
  sampleInput: { bucket: 'acme-invoices', key: 'prices.csv', text: 'a,1' },
  sampleOutput: { etag: '70ee1738b6b21e2c8a43f3a5ab0eee71', versionId: null, checksumSha256: null, size: 3 },
  options: { bucket: bucketOptions },
  run: async (context) => {
    const { bucket, key, file, text, contentType, metadata = {}, isNew, hasChecksum } = context.input
    if (file === undefined && text === undefined) {
      throw new StepError('validation', 'There is nothing to write', { detail: 'Give a text or a file.' })
    }
    const bytes = file === undefined ? Buffer.from(text ?? '') : await context.files.read(file)
    const headers = {
      'content-type': contentType ?? file?.contentType ?? 'text/plain; charset=utf-8',
      ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    }
    const path = objectPath(bucket, key)
    const written = await writeObject(context, { path, bytes, headers, isNew, hasChecksum })
    return { ...written, size: bytes.length }
  },
})
