import { action, collectPages, z } from '@inlay/sdk/connector'
import { issueSchema, sampleIssue } from '../issue.js'
import { listIssuePage } from '../list-issues.js'
import { labelOptions, projectOptions, stateOptions, teamOptions, userOptions } from '../workspace-options.js'

/** Lists issues. */
export const listIssues = action({
  name: 'List issues',
  description:
    'Lists issues that fit all that is filled in, lately changed ones first, over as many pages as it takes.',
  input: z.strictObject({
    team: z.string().optional().meta({ title: 'Team' }),
    state: z.string().optional().meta({ title: 'State' }),
    assignee: z.string().optional().meta({ title: 'Assignee' }),
    label: z.string().optional().meta({ title: 'Label' }),
    project: z.string().optional().meta({ title: 'Project' }),
    since: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'Changed since', examples: ['2026-04-01T00:00:00Z'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ issues: z.array(issueSchema).meta({ title: 'Issues' }) }),
  sampleInput: { team: sampleIssue.team.id },
  sampleOutput: { issues: [sampleIssue] },
  scopes: ['read'],
  options: {
    team: teamOptions,
    state: stateOptions,
    assignee: userOptions,
    label: labelOptions,
    project: projectOptions,
  },
  run: async (context) => {
    const { team, state, assignee, label, project, since, limit } = context.input
    const is = (id: string | undefined) => (id === undefined ? undefined : { id: { eq: id } })
    const filter = {
      team: is(team),
      state: is(state),
      assignee: is(assignee),
      project: is(project),
      labels: label === undefined ? undefined : { some: is(label) },
      updatedAt: since === undefined ? undefined : { gte: since },
    }
    const read = (after: string) =>
      listIssuePage(context, { filter, orderBy: 'updatedAt', first: Math.min(50, limit), after })
    return { issues: await collectPages(read, '', { maxItems: limit }) }
  },
})
