import { z } from '@inlay/sdk/connector'

const named = z.object({ id: z.string().meta({ title: 'Id' }), name: z.string().meta({ title: 'Name' }) })

/** What queries ask of an issue. */
export const ISSUE_FIELDS = `id identifier title description url priority priorityLabel estimate dueDate createdAt updatedAt completedAt canceledAt
  state { id name type } team { id key name } assignee { id name email } creator { id name } project { id name }
  labels(first: 50) { nodes { id name } }`

/** What automations need of an issue. */
export const issueSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  identifier: z.string().meta({ title: 'Key', description: 'Such as "ENG-123".' }),
  title: z.string().meta({ title: 'Title' }),
  description: z.string().nullable().meta({ title: 'Description' }),
  url: z.string().meta({ title: 'Address' }),
  priority: z.number().meta({ title: 'Priority', description: '0 none, 1 urgent, 2 high, 3 medium, 4 low.' }),
  priorityLabel: z.string().meta({ title: 'Priority in words' }),
  estimate: z.number().nullable().meta({ title: 'Estimate' }),
  dueDate: z.string().nullable().meta({ title: 'Due' }),
  createdAt: z.string().meta({ title: 'Created' }),
  updatedAt: z.string().meta({ title: 'Changed' }),
  completedAt: z.string().nullable().meta({ title: 'Completed' }),
  canceledAt: z.string().nullable().meta({ title: 'Canceled' }),
  state: named
    .extend({ type: z.string().meta({ title: 'Kind', description: 'Such as "started".' }) })
    .meta({ title: 'State' }),
  team: named.extend({ key: z.string().meta({ title: 'Key' }) }).meta({ title: 'Team' }),
  assignee: named
    .extend({ email: z.string().meta({ title: 'E-mail' }) })
    .nullable()
    .meta({ title: 'Assignee' }),
  creator: named.nullable().meta({ title: 'Author' }),
  project: named.nullable().meta({ title: 'Project' }),
  labels: z.object({ nodes: z.array(named).meta({ title: 'Labels' }) }).meta({ title: 'Labels' }),
})

/** An issue as Linear gives it. */
export const sampleIssue = {
  id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
  identifier: 'ENG-123',
  title: 'The cart forgets its items',
  description: 'It happens after signing in.',
  url: 'https://linear.app/acme/issue/ENG-123/the-cart-forgets-its-items',
  priority: 2,
  priorityLabel: 'High',
  estimate: null,
  dueDate: '2026-05-01',
  createdAt: '2026-04-10T20:09:31.000Z',
  updatedAt: '2026-04-11T08:00:00.000Z',
  completedAt: null,
  canceledAt: null,
  state: { id: 'c7a3c8b1-0000-4000-8000-000000000001', name: 'Todo', type: 'unstarted' },
  team: { id: '9cfb482a-81e3-4154-b5b9-2c805e70a02d', name: 'Engineering', key: 'ENG' },
  assignee: { id: 'b2f5c9d0-0000-4000-8000-000000000002', name: 'Kim', email: 'kim@example.com' },
  creator: { id: 'b2f5c9d0-0000-4000-8000-000000000002', name: 'Kim' },
  project: null,
  labels: { nodes: [{ id: 'd5e6f7a8-0000-4000-8000-000000000003', name: 'Bug' }] },
}

/** The field by which actions name an issue. */
export const issueField = z
  .string()
  .min(1)
  .meta({ title: 'Issue', description: 'Its key or id.', examples: ['ENG-123'] })

/** The field by which actions name how urgent an issue is. */
export const priorityField = z.enum(['none', 'urgent', 'high', 'medium', 'low']).optional().meta({ title: 'Priority' })

/** The number of a priority in the API; undefined stays undefined. */
export function priorityNumber(priority: z.infer<typeof priorityField>): number | undefined {
  return priority === undefined ? undefined : ['none', 'urgent', 'high', 'medium', 'low'].indexOf(priority)
}
