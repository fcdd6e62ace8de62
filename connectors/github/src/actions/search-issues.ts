import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { issueSchema, sampleIssue } from '../issue.js'

const found = z.object({ total_count: z.number(), items: z.array(issueSchema) })

/** Searches issues and pull requests. */
export const searchIssues = action({
  name: 'Search issues',
  description: 'Finds issues and pull requests by GitHub’s search words.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .max(256)
      .meta({ title: 'Search', examples: ['repo:acme/shop is:open label:bug cart'] }),
    limit: z.coerce.number().int().min(1).max(100).default(30).meta({ title: 'At most' }),
  }),
  output: z.object({
    total: z.number().meta({ title: 'Found in all' }),
    issues: z.array(issueSchema).meta({ title: 'Issues' }),
  }),
  sampleInput: { query: 'repo:acme/shop is:open label:bug' },
  sampleOutput: { total: 1, issues: [sampleIssue] },
  run: async (context) => {
    const { query, limit } = context.input
    const { total_count, items } = await github.call(context, {
      url: '/search/issues',
      query: { q: query, per_page: limit },
      answer: found,
    })
    return { total: total_count, issues: items }
  },
})
