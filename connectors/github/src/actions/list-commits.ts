import { action, z } from '@inlay/sdk/connector'
import { commitSchema, listedCommit, sampleCommit, toCommit } from '../commit.js'
import { listAll } from '../lists.js'
import { branchOptions } from '../pull-request.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** Lists commits. */
export const listCommits = action({
  name: 'List commits',
  description: 'Lists commits of a branch, newest first, over as many pages as it takes.',
  input: z.strictObject({
    repository: repositoryField,
    branch: z
      .string()
      .optional()
      .meta({ title: 'Branch, tag or commit', description: 'By default the main branch.', examples: ['main'] }),
    path: z
      .string()
      .optional()
      .meta({ title: 'File or folder', description: 'Only commits that change it.', examples: ['src'] }),
    author: z.string().optional().meta({ title: 'Author', description: 'Login or e-mail address.' }),
    since: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'Since', examples: ['2026-04-01T00:00:00Z'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ commits: z.array(commitSchema).meta({ title: 'Commits' }) }),
  sampleInput: { repository: 'acme/shop', branch: 'main' },
  sampleOutput: { commits: [sampleCommit] },
  scopes: ['repo'],
  options: { repository: repositoryOptions, branch: branchOptions },
  run: async (context) => {
    const { repository, branch: sha, limit, ...query } = context.input
    const url = `${repositoryPath(repository)}/commits`
    const commits = await listAll(context, { url, query: { ...query, sha }, item: listedCommit, limit })
    return { commits: commits.map(toCommit) }
  },
})
