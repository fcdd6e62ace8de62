import { collectPages, cursorTime, newByTime, pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import { elasticsearch } from '../elasticsearch-api.js'
import { type Hit, hitOf, hitSchema, sampleHit, searchAnswer } from '../hit.js'
import { indexOptions, indicesField, queryFields, queryOf } from '../index-fields.js'

const PAGE_SIZE = 1000
const MAX_DOCUMENTS = 5000

/** Starts for each new document. */
export const newDocument = pollingTrigger({
  name: 'New document',
  description: 'Starts for each document that is new by a date field. Asks Elasticsearch every few minutes.',
  input: z.strictObject({
    index: indicesField,
    timeField: z
      .string()
      .min(1)
      .default('@timestamp')
      .meta({ title: 'Date field', description: 'Tells when a document was written.' }),
    ...queryFields,
  }),
  output: hitSchema,
  sampleOutput: sampleHit,
  options: { index: indexOptions },
  poll: async (context) => {
    const { index, timeField, text, query } = context.input
    const since = cursorTime(context.cursor)
    const range = { gte: since ?? 0, lte: context.now, format: 'epoch_millis' }
    const read = async (from: number) => {
      const { hits } = await elasticsearch.call(context, {
        method: 'POST',
        url: `/${encodeURIComponent(index)}/_search`,
        // What a part of the cluster keeps to itself would be passed over for good.
        query: { allow_partial_search_results: false },
        json: {
          query: { bool: { must: [queryOf({ text, query })], filter: [{ range: { [timeField]: range } }] } },
          // At first only the newest matter, which the next poll must not tell again.
          sort: [{ [timeField]: { order: since === undefined ? 'desc' : 'asc', numeric_type: 'date' } }],
          from,
          size: PAGE_SIZE,
        },
        answer: searchAnswer,
      })
      const isLast = since === undefined || hits.hits.length < PAGE_SIZE
      return { items: hits.hits, next: isLast ? undefined : from + PAGE_SIZE }
    }
    const found = await collectPages(read, 0, { maxItems: MAX_DOCUMENTS })
    const result = newByTime(found, {
      cursor: context.cursor,
      idOf: ({ _index, _id }) => `${_index}/${_id}`,
      timeOf,
      dataOf: hitOf,
    })
    if (found.length < MAX_DOCUMENTS) return result
    if (result.items.length === 0) {
      throw new StepError('limit', `More than ${MAX_DOCUMENTS} documents come within a minute`, {
        detail: 'They cannot be told apart reliably. Narrow the search of the trigger.',
      })
    }
    return { ...result, hasMore: true }
  },
})

/** The value that the answer is sorted by, in Unix milliseconds. */
function timeOf({ sort }: Hit): number {
  return Number(sort?.[0] ?? Number.NaN)
}
