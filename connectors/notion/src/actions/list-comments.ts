import { action, collectPages, z } from '@inlay/sdk/connector'
import { commentSchema, notionComment, sampleComment, toComment } from '../comment.js'
import { listFields, nextCursor, notion } from '../notion-api.js'
import { idOf, pageField, samplePage } from '../page.js'
import { pageOptions } from '../page-options.js'

const page = z.object({ results: z.array(notionComment), ...listFields })

/** Reads the open comments on a page. */
export const listComments = action({
  name: 'List comments',
  description: 'Reads the comments on a page or block that are not resolved, oldest first.',
  input: z.strictObject({
    page: pageField,
    limit: z.coerce.number().int().min(1).max(500).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ comments: z.array(commentSchema).meta({ title: 'Comments' }) }),
  sampleInput: { page: samplePage.id },
  sampleOutput: { comments: [sampleComment] },
  options: { page: pageOptions },
  run: async (context) => {
    const read = async (cursor: string) => {
      const query = {
        block_id: idOf(context.input.page),
        page_size: 100,
        start_cursor: cursor === '' ? undefined : cursor,
      }
      const list = await notion.call(context, { url: '/v1/comments', query, answer: page })
      return { items: list.results.map(toComment), next: nextCursor(list) }
    }
    return { comments: await collectPages(read, '', { maxItems: context.input.limit }) }
  },
})
