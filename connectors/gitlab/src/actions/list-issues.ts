import { action, collectPages, z } from '@inlay/sdk/connector'
import { issueSchema, sampleIssue } from '../issue.js'
import { labelOptions, projectField, projectOptions, projectPath, readPage } from '../project.js'

/** Lists issues of a project. */
export const listIssues = action({
  name: 'List issues',
  description: 'Lists issues of a project, newest first, over as many pages as it takes.',
  input: z.strictObject({
    project: projectField,
    state: z.enum(['opened', 'closed', 'all']).default('opened').meta({ title: 'State' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels', description: 'Issues that have all of these.' }),
    search: z.string().optional().meta({ title: 'Words', description: 'In title and description.' }),
    since: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'Changed since', examples: ['2026-04-01T00:00:00Z'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ issues: z.array(issueSchema).meta({ title: 'Issues' }) }),
  sampleInput: { project: 'acme/shop' },
  sampleOutput: { issues: [sampleIssue] },
  scopes: ['api'],
  options: { project: projectOptions, labels: labelOptions },
  run: async (context) => {
    const { project, state, labels, search, since, limit } = context.input
    const query = {
      state: state === 'all' ? undefined : state,
      labels: labels?.join(','),
      search,
      updated_after: since,
    }
    const url = `${projectPath(project)}/issues`
    const read = (page: number) => readPage(context, { url, query, item: issueSchema, page })
    return { issues: await collectPages(read, 1, { maxItems: limit }) }
  },
})
