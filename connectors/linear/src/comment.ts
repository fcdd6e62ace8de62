import { z } from '@inlay/sdk/connector'

/** What queries ask of a comment. */
export const COMMENT_FIELDS = 'id body url createdAt user { id name }'

/** What automations need of a comment. */
export const commentSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  body: z.string().meta({ title: 'Text' }),
  url: z.string().meta({ title: 'Address' }),
  createdAt: z.string().meta({ title: 'Created' }),
  user: z
    .object({ id: z.string().meta({ title: 'Id' }), name: z.string().meta({ title: 'Name' }) })
    .nullable()
    .meta({ title: 'Author' }),
})

/** A comment as Linear gives it. */
export const sampleComment = {
  id: 'e3b1f0aa-0000-4000-8000-000000000004',
  body: 'Fixed in 2.4.',
  url: 'https://linear.app/acme/issue/ENG-123#comment-e3b1f0aa',
  createdAt: '2026-04-11T08:00:00.000Z',
  user: { id: 'b2f5c9d0-0000-4000-8000-000000000002', name: 'Kim' },
}
