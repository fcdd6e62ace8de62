import { z } from '@inlay/sdk/connector'

const user = z.object({
  id: z.number().meta({ title: 'Id' }),
  username: z.string().meta({ title: 'User name' }),
  name: z.string().meta({ title: 'Name' }),
})

/** What issues and merge requests have in common. */
const common = {
  id: z.number().meta({ title: 'Id' }),
  iid: z.number().meta({ title: 'Number', description: 'Within the project.' }),
  project_id: z.number().meta({ title: 'Id of the project' }),
  title: z.string().meta({ title: 'Title' }),
  description: z.string().nullable().meta({ title: 'Description' }),
  state: z.string().meta({ title: 'State' }),
  web_url: z.string().meta({ title: 'Address' }),
  author: user.nullable().meta({ title: 'Author' }),
  assignees: z.array(user).meta({ title: 'Assignees' }),
  labels: z.array(z.string()).meta({ title: 'Labels' }),
  created_at: z.string().meta({ title: 'Created' }),
  updated_at: z.string().meta({ title: 'Changed' }),
}

/** What automations need of an issue. */
export const issueSchema = z.object({
  ...common,
  due_date: z.string().nullable().meta({ title: 'Due' }),
  closed_at: z.string().nullable().meta({ title: 'Closed' }),
})

/** What automations need of a merge request. */
export const mergeRequestSchema = z.object({
  ...common,
  source_branch: z.string().meta({ title: 'From the branch' }),
  target_branch: z.string().meta({ title: 'Into the branch' }),
  draft: z.boolean().default(false).meta({ title: 'Is a draft' }),
  merged_at: z.string().nullish().meta({ title: 'Merged' }),
  sha: z.string().nullish().meta({ title: 'Newest commit' }),
})

const sampleCommon = {
  id: 76,
  iid: 6,
  project_id: 8,
  title: 'The cart forgets its items',
  description: 'It happens after signing in.',
  author: { id: 18, username: 'kim', name: 'Kim' },
  assignees: [{ id: 18, username: 'kim', name: 'Kim' }],
  labels: ['bug'],
  created_at: '2026-04-10T20:09:31.000Z',
  updated_at: '2026-04-11T08:00:00.000Z',
}

/** An issue as GitLab gives it. */
export const sampleIssue = {
  ...sampleCommon,
  state: 'opened',
  web_url: 'https://gitlab.com/acme/shop/-/issues/6',
  due_date: '2026-05-01',
  closed_at: null,
}

/** A merge request as GitLab gives it. */
export const sampleMergeRequest = {
  ...sampleCommon,
  state: 'opened',
  web_url: 'https://gitlab.com/acme/shop/-/merge_requests/6',
  source_branch: 'keep-items',
  target_branch: 'main',
  draft: false,
  merged_at: null,
  sha: '95b966ae1c166bd92f8ae7d1c313e738c731dfc3',
}

/** The field by which actions name an issue or merge request. */
export const numberField = z.coerce
  .number()
  .int()
  .positive()
  .meta({ title: 'Number', description: 'Within the project, as in its address.', examples: [6] })

/** The field by which actions name people. */
export const assigneesField = z.array(z.coerce.number().int()).optional().meta({ title: 'Assignees' })
