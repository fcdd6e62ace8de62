import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { issueSchema, numberField, sampleIssue } from '../issue.js'
import { projectField, projectOptions, projectPath } from '../project.js'

/** Reads an issue. */
export const getIssue = action({
  name: 'Get an issue',
  description: 'Reads one issue by its number.',
  input: z.strictObject({ project: projectField, number: numberField }),
  output: issueSchema,
  sampleInput: { project: 'acme/shop', number: 6 },
  sampleOutput: sampleIssue,
  scopes: ['api'],
  options: { project: projectOptions },
  run: (context) => {
    const { project, number } = context.input
    return gitlab.call(context, { url: `${projectPath(project)}/issues/${number}`, answer: issueSchema })
  },
})
