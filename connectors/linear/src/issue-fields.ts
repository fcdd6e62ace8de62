import { z } from '@inlay/sdk/connector'
import { priorityField, priorityNumber } from './issue.js'
import { labelOptions, projectOptions, stateOptions, teamOptions, userOptions } from './workspace-options.js'

/** What people may say of an issue beside its team and title. */
export const issueFields = {
  description: z.string().optional().meta({ title: 'Description', format: 'multiline', description: 'In Markdown.' }),
  state: z.string().optional().meta({ title: 'State' }),
  assignee: z.string().optional().meta({ title: 'Assignee' }),
  labels: z.array(z.string()).optional().meta({ title: 'Labels' }),
  priority: priorityField,
  project: z.string().optional().meta({ title: 'Project' }),
  estimate: z.coerce.number().int().min(0).optional().meta({ title: 'Estimate', description: 'Points.' }),
  dueDate: z.iso
    .date()
    .optional()
    .meta({ title: 'Due', examples: ['2026-05-01'] }),
  parent: z.string().optional().meta({ title: 'Part of the issue', description: 'Its key or id.' }),
}

const schema = z.object(issueFields)

/** The fields as the API names them; what is not given is left out. */
export function issueInput(given: z.infer<typeof schema>) {
  const { description, state, assignee, labels, priority, project, estimate, dueDate, parent } = given
  return {
    description,
    stateId: state,
    assigneeId: assignee,
    labelIds: labels,
    priority: priorityNumber(priority),
    projectId: project,
    estimate,
    dueDate,
    parentId: parent,
  }
}

/** The choices of the fields. */
export const issueOptions = {
  team: teamOptions,
  state: stateOptions,
  assignee: userOptions,
  labels: labelOptions,
  project: projectOptions,
}
