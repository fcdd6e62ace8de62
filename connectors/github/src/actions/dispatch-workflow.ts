import { action, type OptionsContext, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

const workflows = z.object({ workflows: z.array(z.object({ id: z.number(), name: z.string(), path: z.string() })) })

const workflowOptions = {
  dependsOn: ['repository'],
  load: async (context: OptionsContext) => {
    const url = `${repositoryPath(String(context.input['repository']))}/actions/workflows?per_page=100`
    const found = await github.call(context, { url, answer: workflows })
    return found.workflows.map(({ id, name, path }) => ({ value: String(id), label: name, description: path }))
  },
}

/** Starts a GitHub Actions workflow. */
export const dispatchWorkflow = action({
  name: 'Start a workflow',
  description: 'Starts a GitHub Actions workflow that can be started by hand (workflow_dispatch).',
  input: z.strictObject({
    repository: repositoryField,
    workflow: z
      .string()
      .min(1)
      .meta({ title: 'Workflow', description: 'Its id or file name.', examples: ['deploy.yml'] }),
    ref: z
      .string()
      .min(1)
      .meta({ title: 'Branch or tag', examples: ['main'] }),
    inputs: z.record(z.string(), z.string()).optional().meta({ title: 'Inputs' }),
  }),
  output: z.object({}),
  sampleInput: { repository: 'acme/shop', workflow: 'deploy.yml', ref: 'main' },
  sampleOutput: {},
  scopes: ['repo'],
  options: { repository: repositoryOptions, workflow: workflowOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { repository, workflow, ref, inputs } = context.input
    const url = `${repositoryPath(repository)}/actions/workflows/${encodeURIComponent(workflow)}/dispatches`
    await github.call(context, { method: 'POST', url, json: { ref, inputs } })
    return {}
  },
})
