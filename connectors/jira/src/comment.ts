import { z } from '@inlay/sdk/connector'
import { documentText } from './document.js'

/** A comment as Jira gives it. */
export const jiraComment = z.object({
  id: z.string(),
  author: z.object({ accountId: z.string(), displayName: z.string().nullish() }).nullish(),
  body: z.unknown(),
  created: z.string(),
})

/** A comment as automations see it. */
export const commentSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  text: z.string().meta({ title: 'Text' }),
  author: z.string().nullable().meta({ title: 'Author' }),
  created: z.string().meta({ title: 'Created' }),
})

/** A comment with its text alone. */
export function toComment({ id, author, body, created }: z.infer<typeof jiraComment>): z.infer<typeof commentSchema> {
  return { id, text: documentText(body) ?? '', author: author?.displayName ?? null, created }
}

/** A comment, for forms. */
export const sampleComment = {
  id: '10000',
  text: 'Fixed in 2.4.',
  author: 'Kim',
  created: '2026-04-11T08:00:00.000+0000',
}
