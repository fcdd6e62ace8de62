import { action, collectPages, z } from '@inlay/sdk/connector'
import { COMMENT_FIELDS, commentSchema, sampleComment } from '../comment.js'
import { issueField } from '../issue.js'
import { ask, connectionOf, nextCursor, PAGE_INFO } from '../linear-api.js'

const query = `query Comments($id: String!, $after: String) {
  issue(id: $id) { comments(first: 50, after: $after) { nodes { ${COMMENT_FIELDS} } ${PAGE_INFO} } }
}`
const answer = z.object({ issue: z.object({ comments: connectionOf(commentSchema) }) })

/** Lists the comments on an issue. */
export const listComments = action({
  name: 'List comments',
  description: 'Lists the comments on an issue.',
  input: z.strictObject({
    issue: issueField,
    limit: z.coerce.number().int().min(1).max(500).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ comments: z.array(commentSchema).meta({ title: 'Comments' }) }),
  sampleInput: { issue: 'ENG-123' },
  sampleOutput: { comments: [sampleComment] },
  scopes: ['read'],
  run: async (context) => {
    const { issue, limit } = context.input
    const read = async (after: string) => {
      const variables = { id: issue, after: after === '' ? undefined : after }
      const { comments } = (await ask(context, { query, variables, answer })).issue
      return { items: comments.nodes, next: nextCursor(comments) }
    }
    return { comments: await collectPages(read, '', { maxItems: limit }) }
  },
})
