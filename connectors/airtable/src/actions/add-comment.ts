import { action, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { commentSchema, sampleComment } from '../comment.js'
import { baseOptions, recordField, tableFields, tableOptions, tablePath } from '../table.js'

/** Comments on a record. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Comments on a record.',
  input: z.strictObject({
    ...tableFields,
    record: recordField,
    text: z
      .string()
      .min(1)
      .meta({
        title: 'Text',
        format: 'multiline',
        description: 'Mention people as @[usr…].',
        examples: [sampleComment.text],
      }),
  }),
  output: commentSchema,
  sampleInput: { base: 'appExampleBase01', table: 'Orders', record: 'recExample0000001', text: sampleComment.text },
  sampleOutput: sampleComment,
  scopes: ['data.recordComments:write'],
  options: { base: baseOptions, table: tableOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { record, text } = context.input
    const url = `${tablePath(context.input)}/${encodeURIComponent(record)}/comments`
    return airtable.call(context, { method: 'POST', url, json: { text }, answer: commentSchema })
  },
})
