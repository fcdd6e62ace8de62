import { action, z } from '@inlay/sdk/connector'
import { elasticsearch, isNoDocument } from '../elasticsearch-api.js'
import { sampleWritten, writeAnswer, writtenSchema } from '../hit.js'
import { documentPath, idField, indexField, indexOptions, refreshField } from '../index-fields.js'

/** Deletes a document. */
export const deleteDocument = action({
  name: 'Delete a document',
  description: 'Deletes the document of an id; it is no failure when there is none.',
  input: z.strictObject({ index: indexField, id: idField, refresh: refreshField }),
  output: writtenSchema,
  sampleInput: { index: 'orders', id: 'order-1001' },
  sampleOutput: { ...sampleWritten, version: 2, result: 'deleted' },
  options: { index: indexOptions },
  run: async (context) => {
    const { index, id, refresh } = context.input
    const url = documentPath(index, id)
    try {
      return await elasticsearch.call(context, { method: 'DELETE', url, query: { refresh }, answer: writeAnswer })
    } catch (error) {
      if (!isNoDocument(error)) throw error
      return { index, id, version: null, result: 'not_found' }
    }
  },
})
