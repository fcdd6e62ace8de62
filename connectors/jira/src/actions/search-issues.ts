import { action, collectPages, z } from '@inlay/sdk/connector'
import { fieldOptions, furtherFields, issueSchema, sampleIssue } from '../issue.js'
import { searchPage } from '../search-issues.js'

/** Finds issues by JQL. */
export const searchIssues = action({
  name: 'Search issues',
  description: 'Finds issues by a JQL query, over as many pages as it takes.',
  input: z.strictObject({
    jql: z
      .string()
      .min(1)
      .meta({ title: 'JQL', examples: ['project = SHOP AND statusCategory != Done ORDER BY created DESC'] }),
    further: furtherFields,
    limit: z.coerce.number().int().min(1).max(1000).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({
    issues: z.array(issueSchema).meta({ title: 'Issues' }),
    count: z.number().meta({ title: 'How many' }),
  }),
  sampleInput: { jql: 'project = SHOP AND statusCategory != Done' },
  sampleOutput: { issues: [sampleIssue], count: 1 },
  scopes: ['read:jira-work'],
  options: { further: fieldOptions },
  run: async (context) => {
    const { jql, further, limit } = context.input
    const read = (token: string) => searchPage(context, { jql, further, size: Math.min(100, limit), token })
    const issues = await collectPages(read, '', { maxItems: limit })
    return { issues, count: issues.length }
  },
})
