import { action, z } from '@inlay/sdk/connector'
import { elasticsearch } from '../elasticsearch-api.js'
import { indexOptions, indicesField } from '../index-fields.js'

const count = z.coerce.number().nullable().catch(null)
const listed = z.array(
  z.object({
    index: z.string(),
    health: z.string().nullish(),
    status: z.string().nullish(),
    'docs.count': count,
    'store.size': count,
  }),
)

/** Lists indices. */
export const listIndices = action({
  name: 'List indices',
  description: 'Lists indices with their health and size.',
  input: z.strictObject({ index: indicesField.default('*') }),
  output: z.object({
    indices: z
      .array(
        z.object({
          name: z.string().meta({ title: 'Name' }),
          health: z.string().nullable().meta({ title: 'Health' }),
          status: z.string().nullable().meta({ title: 'Status' }),
          documents: z.number().nullable().meta({ title: 'Documents' }),
          bytes: z.number().nullable().meta({ title: 'Bytes' }),
        }),
      )
      .meta({ title: 'Indices' }),
  }),
  sampleInput: { index: 'logs-*' },
  sampleOutput: { indices: [{ name: 'orders', health: 'green', status: 'open', documents: 12, bytes: 20_480 }] },
  options: { index: indexOptions },
  run: async (context) => {
    const indices = await elasticsearch.call(context, {
      url: `/_cat/indices/${encodeURIComponent(context.input.index)}`,
      query: { format: 'json', bytes: 'b', s: 'index', h: 'index,health,status,docs.count,store.size' },
      answer: listed,
    })
    return {
      indices: indices.map((each) => ({
        name: each.index,
        health: each.health ?? null,
        status: each.status ?? null,
        documents: each['docs.count'],
        bytes: each['store.size'],
      })),
    }
  },
})
