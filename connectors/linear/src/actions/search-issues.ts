import { action, collectPages, z } from '@inlay/sdk/connector'
import { ISSUE_FIELDS, issueSchema, sampleIssue } from '../issue.js'
import { ask, connectionOf, nextCursor, PAGE_INFO } from '../linear-api.js'
import { teamOptions } from '../workspace-options.js'

const query = `query Search($term: String!, $teamId: String, $includeComments: Boolean, $first: Int, $after: String) {
  searchIssues(term: $term, teamId: $teamId, includeComments: $includeComments, first: $first, after: $after) {
    nodes { ${ISSUE_FIELDS} } ${PAGE_INFO}
  }
}`
const answer = z.object({ searchIssues: connectionOf(issueSchema) })

/** Searches issues. */
export const searchIssues = action({
  name: 'Search issues',
  description: 'Finds issues by words, best first.',
  input: z.strictObject({
    term: z
      .string()
      .min(1)
      .meta({ title: 'Words', examples: ['cart items'] }),
    team: z.string().optional().meta({ title: 'Team', description: 'Its issues come first.' }),
    includeComments: z.boolean().default(false).meta({ title: 'In comments too' }),
    limit: z.coerce.number().int().min(1).max(200).default(25).meta({ title: 'At most' }),
  }),
  output: z.object({ issues: z.array(issueSchema).meta({ title: 'Issues' }) }),
  sampleInput: { term: 'cart items' },
  sampleOutput: { issues: [sampleIssue] },
  scopes: ['read'],
  options: { team: teamOptions },
  run: async (context) => {
    const { term, team, includeComments, limit } = context.input
    const read = async (after: string) => {
      const page = { first: Math.min(50, limit), after: after === '' ? undefined : after }
      const variables = { term, teamId: team, includeComments, ...page }
      const { searchIssues: found } = await ask(context, { query, variables, answer })
      return { items: found.nodes, next: nextCursor(found) }
    }
    return { issues: await collectPages(read, '', { maxItems: limit }) }
  },
})
