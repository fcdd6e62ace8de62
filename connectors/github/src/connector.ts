import { defineConnector } from '@inlay/sdk/connector'
import { addComment } from './actions/add-comment.js'
import { createBranch } from './actions/create-branch.js'
import { createIssue } from './actions/create-issue.js'
import { createPullRequest } from './actions/create-pull-request.js'
import { createRelease } from './actions/create-release.js'
import { dispatchWorkflow } from './actions/dispatch-workflow.js'
import { getFile } from './actions/get-file.js'
import { getIssue } from './actions/get-issue.js'
import { getPullRequest } from './actions/get-pull-request.js'
import { listComments } from './actions/list-comments.js'
import { listCommits } from './actions/list-commits.js'
import { listIssues } from './actions/list-issues.js'
import { listPullRequests } from './actions/list-pull-requests.js'
import { mergePullRequest } from './actions/merge-pull-request.js'
import { putFile } from './actions/put-file.js'
import { requestReview } from './actions/request-review.js'
import { searchIssues } from './actions/search-issues.js'
import { updateIssue } from './actions/update-issue.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newCommit } from './triggers/new-commit.js'
import { newIssue } from './triggers/new-issue.js'
import { newPullRequest } from './triggers/new-pull-request.js'
import { newRelease } from './triggers/new-release.js'
import { repositoryEvent } from './triggers/repository-event.js'

/** Issues, pull requests, files and releases on GitHub. */
export const connector = defineConnector({
  id: 'github',
  version: '1.1.0',
  name: 'GitHub',
  description: 'Work with issues, pull requests, commits, files and releases on GitHub.',
  icon,
  color: '#181717',
  categories: ['developer', 'project-management'],
  docs: [
    'Sign in with GitHub, or paste a fine-grained personal access token that may reach the repositories you want to automate.',
    '',
    'Events of a repository arrive by webhook, for which the account must administer the repository. Where it does not, use "New issue", "New pull request", "New commit" or "New release", which ask GitHub every few minutes.',
  ].join('\n'),
  auth,
  api: {
    baseUrl: 'https://api.github.com',
    headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
    pace: { requests: 5000, perMs: 3_600_000 },
  },
  actions: {
    createIssue,
    updateIssue,
    getIssue,
    listIssues,
    searchIssues,
    addComment,
    listComments,
    createPullRequest,
    getPullRequest,
    listPullRequests,
    requestReview,
    mergePullRequest,
    createBranch,
    listCommits,
    createRelease,
    getFile,
    putFile,
    dispatchWorkflow,
  },
  triggers: { newIssue, newPullRequest, newCommit, newRelease, repositoryEvent },
})
