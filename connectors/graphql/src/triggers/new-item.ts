import { type JsonValue, jsonValue, newById, pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import { runOperation } from '../graphql-api.js'

/** Starts for each new item of a list. */
export const newItem = pollingTrigger({
  name: 'New item in a list',
  description: 'Runs a query every few minutes, and starts for each item of a list that was not there before.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .max(100_000)
      .meta({ title: 'Query', format: 'multiline', examples: ['{ orders(last: 50) { nodes { id total } } }'] }),
    items: z
      .string()
      .min(1)
      .meta({ title: 'Path of the list', examples: ['orders.nodes'] }),
    id: z.string().min(1).default('id').meta({ title: 'Path of the id', description: 'In each item.' }),
  }),
  output: z.object({ item: jsonValue.meta({ title: 'Item' }) }),
  sampleOutput: { item: { id: 'A-1001', total: 42 } },
  poll: async (context) => {
    const { query, items, id } = context.input
    const { data } = await runOperation(context, { query })
    const list = valueAt(data, items)
    if (!Array.isArray(list)) {
      throw new StepError('validation', `There is no list at "${items}"`, {
        detail: `The answer has: ${Object.keys(data ?? {}).join(', ') || 'nothing'}.`,
      })
    }
    const found: readonly JsonValue[] = list
    return newById(found, {
      cursor: context.cursor,
      idOf: (item) => idAt(item, id),
      dataOf: (item) => ({ item }),
    })
  },
})

function idAt(item: JsonValue, path: string): string {
  const id = valueAt(item, path)
  if (typeof id === 'string' || typeof id === 'number') return String(id)
  throw new StepError('validation', `An item has no id at "${path}"`, {
    detail: 'Ask for it in the query, and say where it is.',
  })
}

/** Own members alone, step by step. */
function valueAt(value: JsonValue, path: string): JsonValue | undefined {
  let at: unknown = value
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    // What is inside of JSON is JSON.
    at = (at as Record<string, JsonValue>)[name]
  }
  return at as JsonValue
}
