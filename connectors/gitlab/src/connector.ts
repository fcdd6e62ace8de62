import { defineConnector } from '@inlay/sdk/connector'
import { addComment } from './actions/add-comment.js'
import { createIssue } from './actions/create-issue.js'
import { createMergeRequest } from './actions/create-merge-request.js'
import { createRelease } from './actions/create-release.js'
import { getFile } from './actions/get-file.js'
import { getIssue } from './actions/get-issue.js'
import { getPipeline } from './actions/get-pipeline.js'
import { listIssues } from './actions/list-issues.js'
import { listMergeRequests } from './actions/list-merge-requests.js'
import { merge } from './actions/merge.js'
import { putFile } from './actions/put-file.js'
import { runPipeline } from './actions/run-pipeline.js'
import { search } from './actions/search.js'
import { updateIssue } from './actions/update-issue.js'
import { auth } from './auth.js'
import { baseUrlOf } from './gitlab-api.js'
import { icon } from './icon.js'
import { newIssue } from './triggers/new-issue.js'
import { newMergeRequest } from './triggers/new-merge-request.js'
import { pipelineStatus } from './triggers/pipeline-status.js'
import { projectEvent } from './triggers/project-event.js'

/** Issues, merge requests, files, pipelines and releases on GitLab. */
export const connector = defineConnector({
  id: 'gitlab',
  version: '1.1.0',
  name: 'GitLab',
  description: 'Work with issues, merge requests, files, pipelines and releases on GitLab, also on one of your own.',
  icon,
  color: '#fc6d26',
  categories: ['developer', 'project-management'],
  docs: [
    'Sign in with GitLab.com, or paste an access token with the scope "api". For a GitLab of your own use an access token and give its host name.',
    '',
    '"Project event" and "Pipeline succeeded or failed" set up webhooks, for which the account must be a maintainer of the project. "New issue" and "New merge request" need less and ask GitLab every few minutes.',
  ].join('\n'),
  auth,
  api: { baseUrl: baseUrlOf },
  actions: {
    createIssue,
    updateIssue,
    getIssue,
    listIssues,
    addComment,
    createMergeRequest,
    listMergeRequests,
    merge,
    getFile,
    putFile,
    runPipeline,
    getPipeline,
    createRelease,
    search,
  },
  triggers: { newIssue, newMergeRequest, projectEvent, pipelineStatus },
})
