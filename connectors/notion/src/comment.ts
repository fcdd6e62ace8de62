import { z } from '@inlay/sdk/connector'
import { plainTextOf, richTextSchema } from './rich-text.js'

/** A comment as Notion gives it. */
export const notionComment = z.object({
  object: z.literal('comment'),
  id: z.string(),
  discussion_id: z.string(),
  created_time: z.string(),
  created_by: z.object({ id: z.string() }),
  rich_text: richTextSchema,
})

/** A comment as automations see it. */
export const commentSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  discussion_id: z.string().meta({ title: 'Discussion', description: 'Answers are given to it.' }),
  text: z.string().meta({ title: 'Text' }),
  created_time: z.string().meta({ title: 'Created' }),
  created_by: z.string().meta({ title: 'Id of the author' }),
})

/** A comment with its text alone. */
export function toComment(comment: z.infer<typeof notionComment>): z.infer<typeof commentSchema> {
  const { id, discussion_id, created_time, created_by, rich_text } = comment
  return { id, discussion_id, text: plainTextOf(rich_text), created_time, created_by: created_by.id }
}

/** A comment, for forms. */
export const sampleComment = {
  id: '94cc56ab-9f02-409d-9f99-1037e9fe502f',
  discussion_id: 'f1407351-36f5-4c49-a13c-49f8ba11776d',
  text: 'Is it in season?',
  created_time: '2026-04-02T12:30:00.000Z',
  created_by: '067dee40-6ebd-496f-b446-093c715fb5ec',
}
