import { z } from '@inlay/sdk/connector'

/** What automations need of a comment on an issue or pull request. */
export const commentSchema = z.object({
  id: z.number().meta({ title: 'Id' }),
  html_url: z.string().meta({ title: 'Address' }),
  body: z.string().meta({ title: 'Text' }),
  user: z
    .object({ login: z.string().meta({ title: 'Login' }) })
    .nullable()
    .default(null)
    .meta({ title: 'Author' }),
  created_at: z.string().meta({ title: 'Created' }),
})

/** A comment as GitHub gives it. */
export const sampleComment = {
  id: 1,
  html_url: 'https://github.com/acme/shop/issues/1347#issuecomment-1',
  body: 'Fixed in 2.4.',
  user: { login: 'octocat' },
  created_at: '2026-04-14T16:00:49Z',
}
