import { action, z } from '@inlay/sdk/connector'
import { gitlab } from '../gitlab-api.js'
import { pipelineSchema, samplePipeline } from '../pipeline.js'
import { projectField, projectOptions, projectPath } from '../project.js'

/** Reads a pipeline. */
export const getPipeline = action({
  name: 'Get a pipeline',
  description: 'Reads how far a pipeline is.',
  input: z.strictObject({
    project: projectField,
    pipeline: z.coerce
      .number()
      .int()
      .positive()
      .meta({ title: 'Pipeline', description: 'Its id.', examples: [287] }),
  }),
  output: pipelineSchema,
  sampleInput: { project: 'acme/shop', pipeline: 287 },
  sampleOutput: samplePipeline,
  scopes: ['api'],
  options: { project: projectOptions },
  run: (context) => {
    const { project, pipeline } = context.input
    return gitlab.call(context, { url: `${projectPath(project)}/pipelines/${pipeline}`, answer: pipelineSchema })
  },
})
