import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { issueNumberField, issueSchema, sampleIssue } from '../issue.js'
import { assigneeOptions, labelOptions, repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** Changes an issue; what is not named stays. */
export const updateIssue = action({
  name: 'Change an issue',
  description: 'Changes title, text, labels, assignees or state of an issue. What is left empty stays as it is.',
  input: z.strictObject({
    repository: repositoryField,
    number: issueNumberField,
    title: z.string().min(1).max(256).optional().meta({ title: 'Title' }),
    body: z.string().optional().meta({ title: 'Text', format: 'multiline' }),
    state: z.enum(['open', 'closed']).optional().meta({ title: 'State' }),
    stateReason: z
      .enum(['completed', 'not_planned', 'reopened'])
      .optional()
      .meta({ title: 'Reason', description: 'Why the state changes.' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels', description: 'Replaces those it has.' }),
    assignees: z.array(z.string()).optional().meta({ title: 'Assignees', description: 'Replaces those it has.' }),
  }),
  output: issueSchema,
  sampleInput: { repository: 'acme/shop', number: 1347, state: 'closed', stateReason: 'completed' },
  sampleOutput: { ...sampleIssue, state: 'closed' },
  scopes: ['repo'],
  options: { repository: repositoryOptions, labels: labelOptions, assignees: assigneeOptions },
  run: (context) => {
    const { repository, number, stateReason, ...json } = context.input
    return github.call(context, {
      method: 'PATCH',
      url: `${repositoryPath(repository)}/issues/${number}`,
      json: { ...json, state_reason: stateReason },
      answer: issueSchema,
    })
  },
})
