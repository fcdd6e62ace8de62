import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { assigneesField, issueSchema, sampleIssue } from '../issue.js'
import { labelOptions, memberOptions, projectField, projectOptions, projectPath } from '../project.js'

/** Opens an issue. */
export const createIssue = action({
  name: 'Create an issue',
  description: 'Opens an issue in a project.',
  input: z.strictObject({
    project: projectField,
    title: z
      .string()
      .min(1)
      .max(255)
      .meta({ title: 'Title', examples: [sampleIssue.title] }),
    description: z.string().optional().meta({ title: 'Description', format: 'multiline', description: 'In Markdown.' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels' }),
    assignees: assigneesField,
    dueDate: z.iso.date().optional().meta({ title: 'Due' }),
    confidential: z.boolean().default(false).meta({ title: 'Is confidential' }),
  }),
  output: issueSchema,
  sampleInput: { project: 'acme/shop', title: sampleIssue.title, labels: ['bug'] },
  sampleOutput: sampleIssue,
  scopes: ['api'],
  options: { project: projectOptions, labels: labelOptions, assignees: memberOptions },
  // GitLab knows no idempotency key: repeating after a crash would open a second issue.
  delivery: 'at-most-once',
  run: (context) => {
    const { project, labels, assignees, dueDate, ...fields } = context.input
    const json = { ...fields, labels: labels?.join(','), assignee_ids: assignees, due_date: dueDate }
    return gitlab.call(context, { method: 'POST', url: `${projectPath(project)}/issues`, json, answer: issueSchema })
  },
})
