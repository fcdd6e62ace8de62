import { action, StepError, z } from '@inlay/sdk/connector'
import { commentSchema, notionComment, sampleComment, toComment } from '../comment.js'
import { notion } from '../notion-api.js'
import { idOf, pageField, samplePage } from '../page.js'
import { pageOptions } from '../page-options.js'
import { markdownRichText } from '../rich-text.js'

/** Comments on a page, or answers in a discussion. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Comments on a page, or answers in a discussion. The connection must be allowed to insert comments.',
  input: z.strictObject({
    page: pageField.optional(),
    discussion: z.string().optional().meta({ title: 'Discussion', description: 'Instead of a page: its id.' }),
    text: z
      .string()
      .min(1)
      .meta({ title: 'Text', format: 'multiline', examples: ['Is it in season?'] }),
  }),
  output: commentSchema,
  sampleInput: { page: samplePage.id, text: 'Is it in season?' },
  sampleOutput: sampleComment,
  options: { page: pageOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { page, discussion, text } = context.input
    if ((page === undefined) === (discussion === undefined)) {
      throw new StepError('validation', 'It is not said where to comment', { detail: 'Give a page or a discussion.' })
    }
    const place = page === undefined ? { discussion_id: discussion } : { parent: { page_id: idOf(page) } }
    const json = { ...place, rich_text: markdownRichText(text) }
    return toComment(await notion.call(context, { method: 'POST', url: '/v1/comments', json, answer: notionComment }))
  },
})
