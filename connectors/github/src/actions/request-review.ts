import { action, StepError, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { pullNumberField, pullRequestSchema, pullsPath, samplePullRequest } from '../pull-request.js'
import { assigneeOptions, repositoryField, repositoryOptions } from '../repository.js'

/** Asks people to review a pull request. */
export const requestReview = action({
  name: 'Ask for a review',
  description: 'Asks people or teams to review a pull request. Whom was asked before stays asked.',
  input: z.strictObject({
    repository: repositoryField,
    number: pullNumberField,
    reviewers: z
      .array(z.string())
      .default([])
      .meta({ title: 'People', examples: [['octocat']] }),
    teams: z.array(z.string()).default([]).meta({ title: 'Teams', description: 'By their short names.' }),
  }),
  output: pullRequestSchema,
  sampleInput: { repository: 'acme/shop', number: 1348, reviewers: ['octocat'] },
  sampleOutput: { ...samplePullRequest, requested_reviewers: [{ login: 'octocat' }] },
  scopes: ['repo'],
  options: { repository: repositoryOptions, reviewers: assigneeOptions },
  run: (context) => {
    const { repository, number, reviewers, teams } = context.input
    if (reviewers.length + teams.length === 0) {
      throw new StepError('validation', 'There is nobody to ask', { detail: 'Name people or teams.' })
    }
    return github.call(context, {
      method: 'POST',
      url: `${pullsPath(repository, number)}/requested_reviewers`,
      json: { reviewers, team_reviewers: teams },
      answer: pullRequestSchema,
    })
  },
})
