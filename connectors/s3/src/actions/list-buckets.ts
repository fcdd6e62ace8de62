import { action, z } from '@inlay/sdk/connector'
import { readBuckets } from '../object.js'

const bucketSchema = z.object({
  name: z.string().meta({ title: 'Name' }),
  createdAt: z.string().nullable().meta({ title: 'Created' }),
})

/** Lists the buckets of the account. */
export const listBuckets = action({
  name: 'List buckets',
  description: 'Lists all buckets of the account.',
  input: z.strictObject({}),
  output: z.object({ buckets: z.array(bucketSchema).meta({ title: 'Buckets' }) }),
  sampleInput: {},
  sampleOutput: { buckets: [{ name: 'acme-invoices', createdAt: '2026-04-10T20:09:31.000Z' }] },
  run: async (context) => ({ buckets: await readBuckets(context) }),
})
