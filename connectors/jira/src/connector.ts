import { defineConnector } from '@inlay/sdk/connector'
import { addAttachment } from './actions/add-attachment.js'
import { addComment } from './actions/add-comment.js'
import { assignIssue } from './actions/assign-issue.js'
import { createIssue } from './actions/create-issue.js'
import { deleteIssue } from './actions/delete-issue.js'
import { getIssue } from './actions/get-issue.js'
import { listComments } from './actions/list-comments.js'
import { searchIssues } from './actions/search-issues.js'
import { searchUsers } from './actions/search-users.js'
import { transitionIssue } from './actions/transition-issue.js'
import { updateIssue } from './actions/update-issue.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { baseUrlOf } from './jira-api.js'
import { changedIssue } from './triggers/changed-issue.js'
import { issueEvent } from './triggers/issue-event.js'
import { newIssue } from './triggers/new-issue.js'

/** Issues, comments and attachments in Jira Cloud. */
export const connector = defineConnector({
  id: 'jira',
  version: '1.1.1',
  name: 'Jira',
  description:
    'Make, change, move and find issues in Jira Cloud, comment, attach files, and start on new and changed ones.',
  icon,
  color: '#0052cc',
  categories: ['project-management', 'developer', 'support'],
  docs: [
    'Sign in with Atlassian, or give the site, an e-mail address and an API token from id.atlassian.com. A sign-in that reaches several sites needs the host name of one.',
    '',
    '"Something happens to an issue" sets up a webhook, which needs the API token of a Jira admin. "New issue" and "New or changed issue" need no admin, and work with a sign-in: they ask Jira every few minutes.',
  ].join('\n'),
  auth,
  api: { baseUrl: baseUrlOf, headers: { accept: 'application/json' } },
  actions: {
    createIssue,
    updateIssue,
    transitionIssue,
    getIssue,
    searchIssues,
    assignIssue,
    addComment,
    listComments,
    addAttachment,
    deleteIssue,
    searchUsers,
  },
  triggers: { newIssue, changedIssue, issueEvent },
})
