import { action, collectPages, nextLink, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { issueSchema, sampleIssue } from '../issue.js'
import { labelOptions, repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

const PAGE_SIZE = 100
/** GitHub lists pull requests among the issues; these have one field more. */
const listed = z.array(issueSchema.extend({ pull_request: z.unknown().optional() }))

/** Lists issues of a repository. */
export const listIssues = action({
  name: 'List issues',
  description: 'Lists issues of a repository, newest first, over as many pages as it takes.',
  input: z.strictObject({
    repository: repositoryField,
    state: z.enum(['open', 'closed', 'all']).default('open').meta({ title: 'State' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels', description: 'Issues that have all of these.' }),
    since: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'Changed since', examples: ['2026-04-01T00:00:00Z'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ issues: z.array(issueSchema).meta({ title: 'Issues' }) }),
  sampleInput: { repository: 'acme/shop', state: 'open' },
  sampleOutput: { issues: [sampleIssue] },
  scopes: ['repo'],
  options: { repository: repositoryOptions, labels: labelOptions },
  run: async (context) => {
    const { repository, state, labels, since, limit } = context.input
    const first = new URLSearchParams({ state, per_page: String(PAGE_SIZE) })
    if (labels !== undefined) first.set('labels', labels.join(','))
    if (since !== undefined) first.set('since', since)
    const read = async (url: string) => {
      const { answer, response } = await github.send(context, { url, answer: listed })
      const issues = answer.filter((issue) => issue.pull_request === undefined)
      return { items: issues.map((issue) => issueSchema.parse(issue)), next: nextLink(response) }
    }
    return { issues: await collectPages(read, `${repositoryPath(repository)}/issues?${first}`, { maxItems: limit }) }
  },
})
