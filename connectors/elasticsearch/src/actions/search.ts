import { action, jsonObject, jsonValue, z } from '@inlay/sdk/connector'
import { elasticsearch } from '../elasticsearch-api.js'
import { hitOf, hitSchema, sampleHit, searchAnswer } from '../hit.js'
import { indexOptions, indicesField, queryFields, queryOf } from '../index-fields.js'

/** Searches documents. */
export const search = action({
  name: 'Search documents',
  description: 'Finds documents by a search or a query, best first or in an order of your own.',
  input: z.strictObject({
    index: indicesField,
    ...queryFields,
    sort: z
      .array(z.union([z.string(), jsonObject]))
      .optional()
      .meta({ title: 'Order', description: 'Fields, or as in the query language.', examples: [['total']] }),
    fields: z.array(z.string()).optional().meta({ title: 'Fields', description: 'By default all.' }),
    aggregations: jsonObject.optional().meta({ title: 'Aggregations', description: 'As in the query language.' }),
    limit: z.coerce.number().int().min(0).max(1000).default(100).meta({ title: 'At most' }),
    searchAfter: z.array(jsonValue).optional().meta({
      title: 'After',
      description: '"Next" of the page before. The order has to end with a field that is unique.',
    }),
  }),
  output: z.object({
    total: z.number().nullable().meta({ title: 'Number of all' }),
    documents: z.array(hitSchema).meta({ title: 'Documents' }),
    next: z.array(jsonValue).nullable().meta({ title: 'Next', description: 'Of ordered searches with more to come.' }),
    aggregations: jsonObject.nullable().meta({ title: 'Aggregations' }),
    isPartial: z.boolean().meta({
      title: 'Is incomplete',
      description: 'A part of the cluster did not answer, or not in time.',
    }),
  }),
  sampleInput: { index: 'orders', text: 'customer:Acme' },
  sampleOutput: { total: 1, documents: [sampleHit], next: null, aggregations: null, isPartial: false },
  options: { index: indexOptions },
  run: async (context) => {
    const { index, text, query, sort, fields, aggregations, limit, searchAfter } = context.input
    const answer = await elasticsearch.call(context, {
      method: 'POST',
      url: `/${encodeURIComponent(index)}/_search`,
      json: {
        query: queryOf({ text, query }),
        size: limit,
        sort,
        _source: fields,
        aggs: aggregations,
        search_after: searchAfter,
        track_total_hits: true,
      },
      answer: searchAnswer,
    })
    const { hits, aggregations: aggregated, timed_out: isLate, _shards: shards } = answer
    const last = hits.hits.length < limit ? undefined : hits.hits.at(-1)
    return {
      total: hits.total,
      documents: hits.hits.map(hitOf),
      next: last?.sort ?? null,
      aggregations: aggregated ?? null,
      isPartial: isLate || shards.failed > 0,
    }
  },
})
