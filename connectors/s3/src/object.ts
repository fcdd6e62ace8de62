import { type HttpResponse, type OptionsDefinition, StepError, z } from '@inlay/sdk/connector'
import { listPage } from './list-page.js'
import { readAnswer, sendS3, unexpected } from './s3-api.js'
import { encodeStrictly } from './signature.js'
import { xmlText } from './xml.js'

/** The bucket of an action or trigger. */
export const bucketField = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,255}$/, 'A bucket has 3 to 255 letters, digits, dots, dashes and underscores')
  .meta({ title: 'Bucket', examples: ['acme-invoices'] })

/** The key of an object. */
export const keyField = z
  .string()
  .min(1)
  .max(1024)
  .meta({ title: 'Key', description: 'The full name of the object.', examples: ['2026/04/invoice-1001.pdf'] })

const bucketsAnswer = z.object({
  ListAllMyBucketsResult: z.object({
    Buckets: z
      .union([
        z.object({ Bucket: z.array(z.object({ Name: xmlText, CreationDate: xmlText.optional() })).default([]) }),
        z.string(),
      ])
      .optional(),
  }),
})

/** A bucket of the account. */
interface Bucket {
  readonly name: string
  readonly createdAt: string | null
}

/** All buckets of the account. */
export async function readBuckets(context: Parameters<typeof sendS3>[0]): Promise<Bucket[]> {
  const answer = readAnswer(await sendS3(context, { url: '/' }), bucketsAnswer)
  const { Buckets: buckets } = answer.ListAllMyBucketsResult
  const listed = typeof buckets === 'object' ? buckets.Bucket : []
  return listed.map(({ Name, CreationDate }) => ({ name: Name, createdAt: CreationDate ?? null }))
}

/** Offers the buckets of the account. */
export const bucketOptions: OptionsDefinition = async (context) =>
  (await readBuckets(context)).map(({ name }) => ({ value: name, label: name }))

/** Offers the keys of the chosen bucket that begin with what was typed. */
export const keyOptions: OptionsDefinition = {
  dependsOn: ['bucket'],
  isSearchable: true,
  load: async (context) => {
    const { bucket } = context.input
    if (typeof bucket !== 'string') return []
    const query = { prefix: context.search === '' ? undefined : context.search, 'max-keys': 100 }
    const { objects, next } = await listPage(context, {
      bucket,
      query,
      ...(context.cursor ? { next: context.cursor } : {}),
    })
    const options = objects.map(({ key }) => ({ value: key, label: key }))
    return next === undefined ? { options } : { options, nextCursor: next }
  },
}

/**
 * The path of an object.
 *
 * @throws StepError `validation` for keys that no HTTP client can ask for
 */
export function objectPath(bucket: string, key: string): string {
  const segments = key.split('/')
  if (segments.includes('.') || segments.includes('..')) {
    throw new StepError('validation', `The key "${key}" cannot be used`, {
      detail: 'Parts of a key between slashes must not be "." or "..".',
    })
  }
  return `/${encodeStrictly(bucket)}/${segments.map(encodeStrictly).join('/')}`
}

/** What is known of an object without reading it. */
export const objectInfoSchema = z.object({
  etag: z.string().meta({ title: 'ETag', description: 'Changes with the content.' }),
  contentType: z.string().nullable().meta({ title: 'Type' }),
  size: z.number().nullable().meta({ title: 'Bytes' }),
  lastModified: z.string().nullable().meta({ title: 'Changed' }),
  versionId: z.string().nullable().meta({ title: 'Version' }),
  metadata: z.record(z.string(), z.string()).meta({ title: 'Metadata' }),
})

/** See `objectInfoSchema`. */
type ObjectInfo = z.infer<typeof objectInfoSchema>

/** An object as S3 would tell of it. */
export const sampleInfo: ObjectInfo = {
  etag: '70ee1738b6b21e2c8a43f3a5ab0eee71',
  contentType: 'application/pdf',
  size: 18_213,
  lastModified: '2026-04-10T20:09:31.000Z',
  versionId: null,
  metadata: { customer: '1001' },
}

const METADATA = 'x-amz-meta-'

/** Reads what the headers of an answer tell of an object. @throws StepError `communication` when S3 did not write them */
export function infoOf(response: HttpResponse): ObjectInfo {
  const { headers } = response
  const changed = Date.parse(headers['last-modified'] ?? '')
  const size = headers['content-length']
  return {
    etag: etagOf(response),
    contentType: headers['content-type'] ?? null,
    size: size === undefined ? null : Number(size),
    lastModified: Number.isNaN(changed) ? null : new Date(changed).toISOString(),
    versionId: headers['x-amz-version-id'] ?? null,
    metadata: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        name.startsWith(METADATA) ? [[name.slice(METADATA.length), value]] : [],
      ),
    ),
  }
}

/** The ETag that an answer must have. @throws StepError `communication` */
export function etagOf(response: HttpResponse): string {
  const { etag } = response.headers
  if (etag === undefined) throw unexpected(response)
  return withoutQuotes(etag)
}

/** ETags are written in quotes, and compared without. */
export function withoutQuotes(etag: string): string {
  return etag.replace(/^"|"$/g, '')
}
