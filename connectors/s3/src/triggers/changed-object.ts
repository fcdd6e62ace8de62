import { collectPages, newByTime, pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import { listedSchema, listPage, sampleListed } from '../list-page.js'
import { bucketField, bucketOptions } from '../object.js'

const MAX_OBJECTS = 10_000
/** An object sent in parts is dated by when sending began, and listed when it ended. */
const LATE_MS = 3_600_000

/** Starts for each object that is new or has new content. */
export const changedObject = pollingTrigger({
  name: 'New or changed object',
  description: 'Starts for each object that is written with new content. Asks S3 every few minutes.',
  input: z.strictObject({
    bucket: bucketField,
    prefix: z
      .string()
      .default('')
      .meta({
        title: 'Beginning of the key',
        description: `At most ${MAX_OBJECTS} objects may begin so.`,
        examples: ['inbox/'],
      }),
  }),
  output: listedSchema,
  sampleOutput: sampleListed,
  options: { bucket: bucketOptions },
  poll: async (context) => {
    const { bucket, prefix } = context.input
    const read = async (next: string) => {
      const query = { prefix: prefix === '' ? undefined : prefix, 'max-keys': 1000 }
      const page = await listPage(context, { bucket, query, ...(next === '' ? {} : { next }) })
      return { items: page.objects, next: page.next }
    }
    const objects = await collectPages(read, '', { maxItems: MAX_OBJECTS + 1 })
    if (objects.length > MAX_OBJECTS) {
      throw new StepError('limit', `More than ${MAX_OBJECTS} objects of "${bucket}" begin with "${prefix}"`, {
        detail: 'S3 lists by key alone, so that all are gone through each time. Set a longer beginning of the key.',
      })
    }
    return newByTime(objects, {
      cursor: context.cursor,
      idOf: ({ key, etag }) => `${key}:${etag}`,
      timeOf: ({ lastModified }) => lastModified,
      lateMs: LATE_MS,
    })
  },
})
