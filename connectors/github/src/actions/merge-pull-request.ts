import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { pullNumberField, pullsPath } from '../pull-request.js'
import { repositoryField, repositoryOptions } from '../repository.js'

const merged = z.object({
  merged: z.boolean().meta({ title: 'Is merged' }),
  sha: z.string().meta({ title: 'Commit' }),
  message: z.string().meta({ title: 'What GitHub says' }),
})

/** Merges a pull request. */
export const mergePullRequest = action({
  name: 'Merge a pull request',
  description:
    'Takes the changes of a pull request. GitHub refuses what conflicts, or what its rules do not let through.',
  input: z.strictObject({
    repository: repositoryField,
    number: pullNumberField,
    method: z.enum(['merge', 'squash', 'rebase']).default('merge').meta({ title: 'How' }),
    title: z.string().optional().meta({ title: 'Title of the commit' }),
    message: z.string().optional().meta({ title: 'Message of the commit', format: 'multiline' }),
    sha: z.string().optional().meta({
      title: 'Only if its last commit is',
      description: 'Keeps what was pushed since from being merged unseen.',
    }),
  }),
  output: merged,
  sampleInput: { repository: 'acme/shop', number: 1348, method: 'squash' },
  sampleOutput: {
    merged: true,
    sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
    message: 'Pull Request successfully merged',
  },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { repository, number, method, title, message, sha } = context.input
    return github.call(context, {
      method: 'PUT',
      url: `${pullsPath(repository, number)}/merge`,
      json: { merge_method: method, commit_title: title, commit_message: message, sha },
      answer: merged,
    })
  },
})
