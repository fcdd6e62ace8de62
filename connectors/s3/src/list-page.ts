import { type PageOf, type QueryValue, z } from '@inlay/sdk/connector'
import { readAnswer, type S3Context, sendS3 } from './s3-api.js'
import { encodeStrictly } from './signature.js'
import { xmlText } from './xml.js'

/** An object as it is listed. */
export const listedSchema = z.object({
  key: z.string().meta({ title: 'Key' }),
  etag: z.string().meta({ title: 'ETag', description: 'Changes with the content.' }),
  size: z.number().meta({ title: 'Bytes' }),
  lastModified: z.string().meta({ title: 'Changed' }),
  storageClass: z.string().nullable().meta({ title: 'Storage class' }),
})

/** See `listedSchema`. */
type ListedObject = z.infer<typeof listedSchema>

/** An object as S3 would list it. */
export const sampleListed: ListedObject = {
  key: '2026/04/invoice-1001.pdf',
  etag: '70ee1738b6b21e2c8a43f3a5ab0eee71',
  size: 18_213,
  lastModified: '2026-04-10T20:09:31.000Z',
  storageClass: 'STANDARD',
}

const contents = z.object({
  Key: xmlText,
  ETag: xmlText.default(''),
  Size: z.coerce.number(),
  LastModified: xmlText,
  StorageClass: xmlText.optional(),
})

const listAnswer = z.object({
  ListBucketResult: z.object({
    IsTruncated: z.string().default('false'),
    NextContinuationToken: xmlText.optional(),
    Contents: z.array(contents).default([]),
    CommonPrefixes: z.array(z.object({ Prefix: xmlText })).default([]),
  }),
})

/** Which page is asked for. */
interface ListPageRequest {
  readonly bucket: string
  readonly query: Readonly<Record<string, QueryValue | undefined>>
  /** `next` of the page before. */
  readonly next?: string
}

/** One page of a bucket's objects (ListObjectsV2), in the order of their keys. */
interface ListPage {
  readonly objects: readonly ListedObject[]
  /** Beginnings of keys up to the delimiter. */
  readonly folders: readonly string[]
  readonly next: PageOf<never, string>['next']
}

/** Reads one page. @throws StepError what S3 refused it with */
export async function listPage(context: S3Context, { bucket, query, next }: ListPageRequest): Promise<ListPage> {
  const response = await sendS3(context, {
    url: `/${encodeStrictly(bucket)}`,
    query: { 'list-type': 2, ...query, 'continuation-token': next },
  })
  const { ListBucketResult: page } = readAnswer(response, listAnswer)
  return {
    objects: page.Contents.map(({ Key, ETag, Size, LastModified, StorageClass }) => ({
      key: Key,
      etag: ETag.replace(/^"|"$/g, ''),
      size: Size,
      lastModified: LastModified,
      storageClass: StorageClass ?? null,
    })),
    folders: page.CommonPrefixes.map(({ Prefix }) => Prefix),
    next: page.IsTruncated === 'true' ? page.NextContinuationToken : undefined,
  }
}
