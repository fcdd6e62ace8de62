import { action, jsonObject, StepError, z } from '@inlay/sdk/connector'
import { CONFLICT, elasticsearch, isFull } from '../elasticsearch-api.js'
import { idOnce } from '../hit.js'
import { idField, indexField, indexOptions, refreshField } from '../index-fields.js'

const TIMEOUT_MS = 120_000

const changeField = z.strictObject({
  operation: z.enum(['index', 'create', 'update', 'delete']).default('index').meta({ title: 'Operation' }),
  id: idField.optional().meta({ description: 'Needed to change or delete; otherwise a new one by default.' }),
  document: jsonObject.optional().meta({ title: 'Document', description: 'Not for deletions.' }),
})

const outcome = z.object({
  _id: z.string().nullish(),
  status: z.number(),
  error: z.object({ type: z.string(), reason: z.string().nullish() }).optional(),
})
const bulkAnswer = z.object({ items: z.array(z.record(z.string(), outcome)) })

/** Makes many changes in one request. */
export const bulk = action({
  name: 'Change many documents',
  description: 'Writes, changes and deletes up to 5,000 documents in one request.',
  input: z.strictObject({
    index: indexField,
    changes: z.array(changeField).min(1).max(5000).meta({ title: 'Changes' }),
    refresh: refreshField,
  }),
  output: z.object({
    succeeded: z.number().meta({ title: 'Succeeded' }),
    failures: z
      .array(
        z.object({
          position: z.number().meta({ title: 'Position', description: 'From 0.' }),
          id: z.string().nullable().meta({ title: 'Id' }),
          type: z.string().meta({ title: 'Type' }),
          reason: z.string().meta({ title: 'Reason' }),
        }),
      )
      .meta({ title: 'Failures' }),
  }),
  sampleInput: { index: 'orders', changes: [{ operation: 'index', id: 'order-1001', document: { total: 42 } }] },
  sampleOutput: { succeeded: 1, failures: [] },
  options: { index: indexOptions },
  run: async (context) => {
    const { index, changes, refresh } = context.input
    const lines = changes.flatMap((change, position) => linesOf(change, idOnce(context.idempotencyKey, position)))
    const { items } = await elasticsearch.call(context, {
      method: 'POST',
      url: `/${encodeURIComponent(index)}/_bulk`,
      query: { refresh },
      headers: { 'content-type': 'application/x-ndjson' },
      text: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
      timeoutMs: TIMEOUT_MS,
      answer: bulkAnswer,
    })
    const failures = items.flatMap((item, position) =>
      Object.values(item).flatMap(({ _id, error }) =>
        error === undefined || isOwnAlready(changes[position], error.type)
          ? []
          : [{ position, id: _id ?? null, type: error.type, reason: error.reason ?? '' }],
      ),
    )
    if (failures.length > 0 && failures.every(({ type }) => isFull(type))) {
      // Ids are the same when it is tried again, so that what was written is not written twice.
      throw new StepError('rate_limited', 'Elasticsearch could not take all changes for now', {
        detail: `${failures.length} of ${items.length} were refused: ${failures[0]?.reason ?? ''}`,
      })
    }
    return { succeeded: items.length - failures.length, failures }
  },
})

/** An id of our own is taken only by the same step, tried before. */
function isOwnAlready(change: z.infer<typeof changeField> | undefined, type: string): boolean {
  return change?.operation === 'create' && change.id === undefined && type === CONFLICT
}

function linesOf({ operation, id, document }: z.infer<typeof changeField>, newId: string): object[] {
  const isOfExisting = operation === 'update' || operation === 'delete'
  if (isOfExisting && id === undefined) {
    throw new StepError('validation', `A change "${operation}" has no id`, { detail: 'Say which document it is of.' })
  }
  const head = { [operation]: { _id: id ?? newId } }
  if (operation === 'delete') return [head]
  if (document === undefined) {
    throw new StepError('validation', `A change "${operation}" has no document`, { detail: 'Give its fields.' })
  }
  return [head, operation === 'update' ? { doc: document } : document]
}
