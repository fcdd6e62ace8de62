import { action, z } from '@inlay/sdk/connector'
import { COMMENT_FIELDS, commentSchema, sampleComment } from '../comment.js'
import { issueField } from '../issue.js'
import { ask } from '../linear-api.js'
import { madeOnce } from '../made-once.js'
import { requestId } from '../request-id.js'

const query = `mutation AddComment($input: CommentCreateInput!) {
  commentCreate(input: $input) { comment { ${COMMENT_FIELDS} } }
}`
const answer = z.object({ commentCreate: z.object({ comment: commentSchema }) })
const readQuery = `query Comment($id: String!) { comment(id: $id) { ${COMMENT_FIELDS} } }`
const readAnswer = z.object({ comment: commentSchema })

/** Comments on an issue. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Comments on an issue, or answers a comment.',
  input: z.strictObject({
    issue: issueField,
    body: z
      .string()
      .min(1)
      .meta({ title: 'Text', format: 'multiline', description: 'In Markdown.', examples: ['Fixed in 2.4.'] }),
    parent: z.string().optional().meta({ title: 'Answers the comment', description: 'Its id.' }),
  }),
  output: commentSchema,
  sampleInput: { issue: 'ENG-123', body: 'Fixed in 2.4.' },
  sampleOutput: sampleComment,
  scopes: ['write'],
  run: (context) => {
    const { issue, body, parent } = context.input
    const id = requestId(context.idempotencyKey)
    const variables = { input: { id, issueId: issue, body, parentId: parent } }
    return madeOnce(
      async () => (await ask(context, { query, variables, answer })).commentCreate.comment,
      async () => (await ask(context, { query: readQuery, variables: { id }, answer: readAnswer })).comment,
    )
  },
})
