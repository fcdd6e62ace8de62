import { action, z } from '@inlay/sdk/connector'
import { listedSchema, listPage, sampleListed } from '../list-page.js'
import { bucketField, bucketOptions } from '../object.js'

const PAGE_SIZE = 1000
/** Pages may be empty: there may be more of them than objects. */
const MAX_PAGES = 100

/** Lists objects of a bucket. */
export const listObjects = action({
  name: 'List objects',
  description: 'Lists objects of a bucket in the order of their keys, over as many pages as it takes.',
  input: z.strictObject({
    bucket: bucketField,
    prefix: z
      .string()
      .optional()
      .meta({ title: 'Beginning of the key', examples: ['2026/04/'] }),
    isFolder: z
      .boolean()
      .default(false)
      .meta({ title: 'This folder only', description: 'Tells what is below further slashes as folders.' }),
    startAfter: z.string().optional().meta({ title: 'After the key' }),
    next: z
      .string()
      .optional()
      .meta({ title: 'Go on from', description: 'What an earlier listing of the same gave as "Next".' }),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(1000)
      .meta({ title: 'At most', description: 'Objects and folders together.' }),
  }),
  output: z.object({
    objects: z.array(listedSchema).meta({ title: 'Objects' }),
    folders: z.array(z.string()).meta({ title: 'Folders' }),
    next: z
      .string()
      .nullable()
      .meta({ title: 'Next', description: 'Where the next listing goes on; nothing when this was all.' }),
  }),
  sampleInput: { bucket: 'acme-invoices', prefix: '2026/04/' },
  sampleOutput: { objects: [sampleListed], folders: [], next: null },
  options: { bucket: bucketOptions },
  run: async (context) => {
    const { bucket, prefix, isFolder, startAfter, limit } = context.input
    const objects: z.output<typeof listedSchema>[] = []
    const folders: string[] = []
    let asked = context.input.next
    for (let page = 0; page < MAX_PAGES; page++) {
      // Never more than are still wanted: S3 goes on where a page ends, and nowhere within it.
      const room = limit - objects.length - folders.length
      const query = {
        prefix,
        delimiter: isFolder ? '/' : undefined,
        'start-after': startAfter,
        'max-keys': Math.min(room, PAGE_SIZE),
      }
      const read = await listPage(context, { bucket, query, ...(asked === undefined ? {} : { next: asked }) })
      objects.push(...read.objects)
      folders.push(...read.folders)
      // A service that names a page as its own next has no more.
      asked = read.next === asked ? undefined : read.next
      if (asked === undefined || objects.length + folders.length >= limit) break
    }
    return { objects, folders, next: asked ?? null }
  },
})
