import { action, jsonObject, z } from '@inlay/sdk/connector'
import { elasticsearch, isNoDocument } from '../elasticsearch-api.js'
import { documentPath, idField, indexField, indexOptions } from '../index-fields.js'

const got = z.object({ found: z.literal(true), _version: z.number().nullish(), _source: jsonObject.default({}) })

/** Reads a document. */
export const getDocument = action({
  name: 'Get a document',
  description: 'Reads the document of an id, if there is one.',
  input: z.strictObject({ index: indexField, id: idField }),
  output: z.object({
    isFound: z.boolean().meta({ title: 'Found' }),
    version: z.number().nullable().meta({ title: 'Version' }),
    document: jsonObject.nullable().meta({ title: 'Document' }),
  }),
  sampleInput: { index: 'orders', id: 'order-1001' },
  sampleOutput: { isFound: true, version: 1, document: { customer: 'Acme', total: 42 } },
  options: { index: indexOptions },
  run: async (context) => {
    const { index, id } = context.input
    try {
      const answer = await elasticsearch.call(context, { url: documentPath(index, id), answer: got })
      return { isFound: true, version: answer._version ?? null, document: answer._source }
    } catch (error) {
      if (!isNoDocument(error)) throw error
      return { isFound: false, version: null, document: null }
    }
  },
})
