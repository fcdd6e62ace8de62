import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { pipelineSchema, samplePipeline } from '../pipeline.js'
import { branchOptions, projectField, projectOptions, projectPath } from '../project.js'

/** Starts a pipeline. */
export const runPipeline = action({
  name: 'Run a pipeline',
  description: 'Starts the CI/CD pipeline of a branch or tag.',
  input: z.strictObject({
    project: projectField,
    ref: z
      .string()
      .min(1)
      .meta({ title: 'Branch or tag', examples: ['main'] }),
    variables: z.record(z.string(), z.string()).default({}).meta({ title: 'Variables' }),
  }),
  output: pipelineSchema,
  sampleInput: { project: 'acme/shop', ref: 'main' },
  sampleOutput: samplePipeline,
  scopes: ['api'],
  options: { project: projectOptions, ref: branchOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { project, ref, variables } = context.input
    const json = { ref, variables: Object.entries(variables).map(([key, value]) => ({ key, value })) }
    const url = `${projectPath(project)}/pipeline`
    return gitlab.call(context, { method: 'POST', url, json, answer: pipelineSchema })
  },
})
