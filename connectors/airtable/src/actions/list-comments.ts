import { action, collectPages, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { commentSchema, sampleComment } from '../comment.js'
import { baseOptions, recordField, tableFields, tableOptions, tablePath } from '../table.js'

const page = z.object({ comments: z.array(commentSchema), offset: z.string().nullish() })

/** Lists comments on a record. */
export const listComments = action({
  name: 'List comments',
  description: 'Lists comments on a record, newest first, over as many pages as it takes.',
  input: z.strictObject({
    ...tableFields,
    record: recordField,
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ comments: z.array(commentSchema).meta({ title: 'Comments' }) }),
  sampleInput: { base: 'appExampleBase01', table: 'Orders', record: 'recExample0000001' },
  sampleOutput: { comments: [sampleComment] },
  scopes: ['data.recordComments:read'],
  options: { base: baseOptions, table: tableOptions },
  run: async (context) => {
    const { record, limit } = context.input
    const url = `${tablePath(context.input)}/${encodeURIComponent(record)}/comments`
    const read = async (offset: string) => {
      const query = { pageSize: Math.min(100, limit), offset: offset === '' ? undefined : offset }
      const { comments, offset: next } = await airtable.call(context, { url, query, answer: page })
      return { items: comments, next: next ?? undefined }
    }
    return { comments: await collectPages(read, '', { maxItems: limit }) }
  },
})
