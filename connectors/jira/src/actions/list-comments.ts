import { action, collectPages, z } from '@inlay/sdk/connector'
import { commentSchema, jiraComment, sampleComment, toComment } from '../comment.js'
import { issueField } from '../issue.js'
import { issuePath, jira } from '../jira-api.js'

const page = z.object({ comments: z.array(jiraComment), total: z.number() })

/** Lists the comments on an issue. */
export const listComments = action({
  name: 'List comments',
  description: 'Lists the comments on an issue, newest first.',
  input: z.strictObject({
    issue: issueField,
    limit: z.coerce.number().int().min(1).max(1000).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ comments: z.array(commentSchema).meta({ title: 'Comments' }) }),
  sampleInput: { issue: 'SHOP-42' },
  sampleOutput: { comments: [sampleComment] },
  scopes: ['read:jira-work'],
  run: async (context) => {
    const { issue, limit } = context.input
    const read = async (startAt: number) => {
      const query = { startAt, maxResults: Math.min(100, limit), orderBy: '-created' }
      const { comments, total } = await jira.call(context, { url: `${issuePath(issue)}/comment`, query, answer: page })
      const end = startAt + comments.length
      return { items: comments.map(toComment), next: comments.length > 0 && end < total ? end : undefined }
    }
    return { comments: await collectPages(read, 0, { maxItems: limit }) }
  },
})
