import { action, collectPages, z } from '@inlay/sdk/connector'
import { listedSchema, listPage, sampleListed } from '../list-page.js'
import { bucketField, bucketOptions } from '../object.js'

const PAGE_SIZE = 1000

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
    limit: z.coerce.number().int().min(1).max(10_000).default(1000).meta({ title: 'At most' }),
  }),
  output: z.object({
    objects: z.array(listedSchema).meta({ title: 'Objects' }),
    folders: z.array(z.string()).meta({ title: 'Folders' }),
  }),
  sampleInput: { bucket: 'acme-invoices', prefix: '2026/04/' },
  sampleOutput: { objects: [sampleListed], folders: [] },
  options: { bucket: bucketOptions },
  run: async (context) => {
    const { bucket, prefix, isFolder, startAfter, limit } = context.input
    const query = {
      prefix,
      delimiter: isFolder ? '/' : undefined,
      'start-after': startAfter,
      'max-keys': Math.min(limit, PAGE_SIZE),
    }
    const folders: string[] = []
    const read = async (next: string) => {
      const page = await listPage(context, { bucket, query, ...(next === '' ? {} : { next }) })
      folders.push(...page.folders)
      return { items: page.objects, next: page.next }
    }
    const objects = await collectPages(read, '', { maxItems: limit })
    return { objects, folders: folders.slice(0, limit) }
  },
})
