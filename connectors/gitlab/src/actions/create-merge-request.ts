import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { assigneesField, mergeRequestSchema, sampleMergeRequest } from '../issue.js'
import { branchOptions, labelOptions, memberOptions, projectField, projectOptions, projectPath } from '../project.js'

/** Opens a merge request. */
export const createMergeRequest = action({
  name: 'Create a merge request',
  description: 'Asks to merge one branch into another.',
  input: z.strictObject({
    project: projectField,
    sourceBranch: z
      .string()
      .min(1)
      .meta({ title: 'From the branch', examples: ['keep-items'] }),
    targetBranch: z
      .string()
      .min(1)
      .meta({ title: 'Into the branch', examples: ['main'] }),
    title: z
      .string()
      .min(1)
      .max(255)
      .meta({ title: 'Title', examples: [sampleMergeRequest.title] }),
    description: z.string().optional().meta({ title: 'Description', format: 'multiline', description: 'In Markdown.' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels' }),
    assignees: assigneesField,
    reviewers: z.array(z.coerce.number().int()).optional().meta({ title: 'Reviewers' }),
    removeSourceBranch: z.boolean().default(false).meta({ title: 'Remove the branch once it is merged' }),
  }),
  output: mergeRequestSchema,
  sampleInput: {
    project: 'acme/shop',
    sourceBranch: 'keep-items',
    targetBranch: 'main',
    title: sampleMergeRequest.title,
  },
  sampleOutput: sampleMergeRequest,
  scopes: ['api'],
  options: {
    project: projectOptions,
    sourceBranch: branchOptions,
    targetBranch: branchOptions,
    labels: labelOptions,
    assignees: memberOptions,
    reviewers: memberOptions,
  },
  // GitLab refuses a second open merge request of the same branches, so that repeating makes none.
  run: (context) => {
    const { project, sourceBranch, targetBranch, labels, assignees, reviewers, removeSourceBranch, ...fields } =
      context.input
    const json = {
      ...fields,
      source_branch: sourceBranch,
      target_branch: targetBranch,
      labels: labels?.join(','),
      assignee_ids: assignees,
      reviewer_ids: reviewers,
      remove_source_branch: removeSourceBranch,
    }
    const url = `${projectPath(project)}/merge_requests`
    return gitlab.call(context, { method: 'POST', url, json, answer: mergeRequestSchema })
  },
})
