import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { assigneesField, issueSchema, numberField, sampleIssue } from '../issue.js'
import { labelOptions, memberOptions, projectField, projectOptions, projectPath } from '../project.js'

/** Changes an issue; what is not named stays. */
export const updateIssue = action({
  name: 'Change an issue',
  description: 'Changes, closes or reopens an issue. What is left empty stays as it is.',
  input: z.strictObject({
    project: projectField,
    number: numberField,
    title: z.string().min(1).max(255).optional().meta({ title: 'Title' }),
    description: z.string().optional().meta({ title: 'Description', format: 'multiline', description: 'In Markdown.' }),
    state: z.enum(['close', 'reopen']).optional().meta({ title: 'Close or reopen it' }),
    addLabels: z.array(z.string()).optional().meta({ title: 'Add labels' }),
    removeLabels: z.array(z.string()).optional().meta({ title: 'Take labels away' }),
    assignees: assigneesField.meta({ title: 'Assignees', description: 'Replaces those it has.' }),
    dueDate: z.iso.date().optional().meta({ title: 'Due' }),
  }),
  output: issueSchema,
  sampleInput: { project: 'acme/shop', number: 6, state: 'close' },
  sampleOutput: { ...sampleIssue, state: 'closed' },
  scopes: ['api'],
  options: {
    project: projectOptions,
    addLabels: labelOptions,
    removeLabels: labelOptions,
    assignees: memberOptions,
  },
  run: (context) => {
    const { project, number, title, description, state, addLabels, removeLabels, assignees, dueDate } = context.input
    const json = {
      title,
      description,
      state_event: state,
      add_labels: addLabels?.join(','),
      remove_labels: removeLabels?.join(','),
      assignee_ids: assignees,
      due_date: dueDate,
    }
    const url = `${projectPath(project)}/issues/${number}`
    return gitlab.call(context, { method: 'PUT', url, json, answer: issueSchema })
  },
})
