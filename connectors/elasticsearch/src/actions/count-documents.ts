import { action, z } from '@inlay/sdk/connector'
import { elasticsearch } from '../elasticsearch-api.js'
import { indexOptions, indicesField, queryFields, queryOf } from '../index-fields.js'

const counted = z.object({ count: z.number() })

/** Counts documents. */
export const countDocuments = action({
  name: 'Count documents',
  description: 'Tells how many documents a search or query finds.',
  input: z.strictObject({ index: indicesField, ...queryFields }),
  output: z.object({ count: z.number().meta({ title: 'Number' }) }),
  sampleInput: { index: 'orders', text: 'customer:Acme' },
  sampleOutput: { count: 12 },
  options: { index: indexOptions },
  run: async (context) => {
    const { index, ...asked } = context.input
    const url = `/${encodeURIComponent(index)}/_count`
    return elasticsearch.call(context, { method: 'POST', url, json: { query: queryOf(asked) }, answer: counted })
  },
})
