import { z } from '@inlay/sdk/connector'

/** What automations need of an issue; GitHub tells some hundred fields more. */
export const issueSchema = z.object({
  id: z.number().meta({ title: 'Id' }),
  number: z.number().meta({ title: 'Number' }),
  title: z.string().meta({ title: 'Title' }),
  body: z.string().nullable().meta({ title: 'Text' }),
  state: z.string().meta({ title: 'State' }),
  html_url: z.string().meta({ title: 'Address' }),
  user: z
    .object({ login: z.string().meta({ title: 'Login' }) })
    .nullable()
    .meta({ title: 'Author' }),
  labels: z.array(z.object({ name: z.string().meta({ title: 'Name' }) })).meta({ title: 'Labels' }),
  assignees: z.array(z.object({ login: z.string().meta({ title: 'Login' }) })).meta({ title: 'Assignees' }),
  created_at: z.string().meta({ title: 'Created' }),
  updated_at: z.string().meta({ title: 'Changed' }),
})

/** An issue as GitHub gives it. */
export const sampleIssue = {
  id: 1,
  number: 1347,
  title: 'The cart forgets its items',
  body: 'It happens after signing in.',
  state: 'open',
  html_url: 'https://github.com/acme/shop/issues/1347',
  user: { login: 'octocat' },
  labels: [{ name: 'bug' }],
  assignees: [{ login: 'octocat' }],
  created_at: '2026-04-10T20:09:31Z',
  updated_at: '2026-04-10T20:09:31Z',
}

/** The field by which actions name an issue. */
export const issueNumberField = z.coerce
  .number()
  .int()
  .positive()
  .meta({ title: 'Issue number', examples: [1347] })
