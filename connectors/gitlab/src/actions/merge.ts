import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { mergeRequestSchema, numberField, sampleMergeRequest } from '../issue.js'
import { projectField, projectOptions, projectPath } from '../project.js'

/** Merges a merge request. */
export const merge = action({
  name: 'Merge a merge request',
  description: 'Merges a merge request, at once or when its pipeline succeeds.',
  input: z.strictObject({
    project: projectField,
    number: numberField,
    sha: z.string().optional().meta({ title: 'Only if the newest commit is', description: 'Its SHA.' }),
    squash: z.boolean().optional().meta({ title: 'As one commit' }),
    whenPipelineSucceeds: z.boolean().default(false).meta({ title: 'When the pipeline succeeds' }),
    removeSourceBranch: z.boolean().optional().meta({ title: 'Remove the branch' }),
  }),
  output: mergeRequestSchema,
  sampleInput: { project: 'acme/shop', number: 6 },
  sampleOutput: { ...sampleMergeRequest, state: 'merged', merged_at: '2026-04-11T08:00:00.000Z' },
  scopes: ['api'],
  options: { project: projectOptions },
  // What is merged cannot be merged again: repeating after a crash would fail for no reason.
  delivery: 'at-most-once',
  run: (context) => {
    const { project, number, sha, squash, whenPipelineSucceeds, removeSourceBranch } = context.input
    const json = {
      sha,
      squash,
      auto_merge: whenPipelineSucceeds || undefined,
      // The name before GitLab 17.11; each takes its own.
      merge_when_pipeline_succeeds: whenPipelineSucceeds || undefined,
      should_remove_source_branch: removeSourceBranch,
    }
    const url = `${projectPath(project)}/merge_requests/${number}/merge`
    return gitlab.call(context, { method: 'PUT', url, json, answer: mergeRequestSchema })
  },
})
