import { action, z } from '@inlay/sdk/connector'
import { commentSchema, jiraComment, sampleComment, toComment } from '../comment.js'
import { textDocument } from '../document.js'
import { issueField } from '../issue.js'
import { issuePath, jira } from '../jira-api.js'

/** Comments on an issue. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Comments on an issue.',
  input: z.strictObject({
    issue: issueField,
    text: z
      .string()
      .min(1)
      .meta({ title: 'Text', format: 'multiline', examples: ['Fixed in 2.4.'] }),
  }),
  output: commentSchema,
  sampleInput: { issue: 'SHOP-42', text: 'Fixed in 2.4.' },
  sampleOutput: sampleComment,
  scopes: ['write:jira-work'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { issue, text } = context.input
    const json = { body: textDocument(text) }
    return toComment(
      await jira.call(context, { method: 'POST', url: `${issuePath(issue)}/comment`, json, answer: jiraComment }),
    )
  },
})
