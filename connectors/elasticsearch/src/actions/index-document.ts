import { action, jsonObject, z } from '@inlay/sdk/connector'
import { elasticsearch, isConflict } from '../elasticsearch-api.js'
import { idOnce, sampleWritten, writeAnswer, writtenSchema } from '../hit.js'
import { documentPath, documentSchema, idField, indexField, indexOptions, refreshField } from '../index-fields.js'

/** Writes a document. */
export const indexDocument = action({
  name: 'Write a document',
  description: 'Makes a document, or replaces the one that has its id.',
  input: z.strictObject({
    index: indexField,
    id: idField.optional().meta({ description: 'By default a new one.' }),
    document: jsonObject.meta({ title: 'Document' }),
    mode: z.enum(['index', 'create']).default('index').meta({
      title: 'If the id is taken',
      description: '"index" replaces, "create" fails; data streams need "create".',
    }),
    refresh: refreshField,
  }),
  output: writtenSchema,
  sampleInput: { index: 'orders', id: 'order-1001', document: { customer: 'Acme', total: 42 } },
  sampleOutput: sampleWritten,
  options: { index: indexOptions },
  schemas: { document: documentSchema },
  run: async (context) => {
    const { index, document, mode, refresh } = context.input
    const id = context.input.id ?? idOnce(context.idempotencyKey)
    const url = documentPath(index, id, mode === 'create' ? '_create' : '_doc')
    try {
      return await elasticsearch.call(context, {
        method: 'PUT',
        url,
        query: { refresh },
        json: document,
        answer: writeAnswer,
      })
    } catch (error) {
      // An id of our own is taken only by the same step, tried before.
      if (context.input.id !== undefined || !isConflict(error)) throw error
      return { index, id, version: null, result: 'noop' }
    }
  },
})
