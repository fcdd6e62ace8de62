import { action, jsonObject, z } from '@inlay/sdk/connector'
import { elasticsearch } from '../elasticsearch-api.js'
import { sampleWritten, writeAnswer, writtenSchema } from '../hit.js'
import { documentPath, documentSchema, idField, indexField, indexOptions, refreshField } from '../index-fields.js'

/** Changes a document. */
export const updateDocument = action({
  name: 'Change a document',
  description: 'Changes some fields of a document and keeps the others.',
  input: z.strictObject({
    index: indexField,
    id: idField,
    document: jsonObject.meta({ title: 'Fields to change' }),
    isUpsert: z.boolean().default(false).meta({ title: 'Make it if there is none' }),
    refresh: refreshField,
  }),
  output: writtenSchema,
  sampleInput: { index: 'orders', id: 'order-1001', document: { total: 43 } },
  sampleOutput: { ...sampleWritten, version: 2, result: 'updated' },
  options: { index: indexOptions },
  schemas: { document: documentSchema },
  run: async (context) => {
    const { index, id, document, isUpsert, refresh } = context.input
    return elasticsearch.call(context, {
      method: 'POST',
      url: documentPath(index, id, '_update'),
      query: { refresh, retry_on_conflict: 3 },
      json: { doc: document, doc_as_upsert: isUpsert },
      answer: writeAnswer,
    })
  },
})
