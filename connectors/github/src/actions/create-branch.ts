import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { branchOptions } from '../pull-request.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

const reference = z.object({ ref: z.string(), object: z.object({ sha: z.string() }) })

/** Makes a branch. */
export const createBranch = action({
  name: 'Create a branch',
  description: 'Makes a branch from where another one is at present.',
  input: z.strictObject({
    repository: repositoryField,
    name: z
      .string()
      .regex(/^[^\s~^:?*[\\]+$/, 'must not hold spaces or any of ~ ^ : ? * [ \\')
      .meta({ title: 'Name', examples: ['keep-items'] }),
    from: z
      .string()
      .min(1)
      .meta({ title: 'From branch', examples: ['main'] }),
  }),
  output: z.object({
    ref: z.string().meta({ title: 'Reference' }),
    sha: z.string().meta({ title: 'Commit' }),
  }),
  sampleInput: { repository: 'acme/shop', name: 'keep-items', from: 'main' },
  sampleOutput: { ref: 'refs/heads/keep-items', sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e' },
  scopes: ['repo'],
  options: { repository: repositoryOptions, from: branchOptions },
  // Repeated, it is refused: the branch is there.
  delivery: 'at-most-once',
  run: async (context) => {
    const { repository, name, from } = context.input
    const path = `${repositoryPath(repository)}/git`
    const branch = from.split('/').map(encodeURIComponent).join('/')
    const { object } = await github.call(context, { url: `${path}/ref/heads/${branch}`, answer: reference })
    const json = { ref: `refs/heads/${name}`, sha: object.sha }
    const made = await github.call(context, { method: 'POST', url: `${path}/refs`, json, answer: reference })
    return { ref: made.ref, sha: made.object.sha }
  },
})
