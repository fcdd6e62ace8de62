import { defineConnector } from '@inlay/sdk/connector'
import { addComment } from './actions/add-comment.js'
import { archiveIssue } from './actions/archive-issue.js'
import { attachLink } from './actions/attach-link.js'
import { createIssue } from './actions/create-issue.js'
import { createProject } from './actions/create-project.js'
import { getIssue } from './actions/get-issue.js'
import { listComments } from './actions/list-comments.js'
import { listIssues } from './actions/list-issues.js'
import { listProjects } from './actions/list-projects.js'
import { searchIssues } from './actions/search-issues.js'
import { updateIssue } from './actions/update-issue.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newIssue } from './triggers/new-issue.js'
import { workspaceEvent } from './triggers/workspace-event.js'

/** Issues, comments and projects in Linear. */
export const connector = defineConnector({
  id: 'linear',
  version: '1.1.0',
  name: 'Linear',
  description: 'Make, change and find issues, comments and projects, and start when something happens to them.',
  icon,
  color: '#5e6ad2',
  categories: ['project-management', 'developer'],
  docs: [
    'Sign in with Linear, or paste a personal API key from Settings, Security & access.',
    '',
    '"Something happens" sets up a webhook, which only admins may: sign in with the permission for webhooks, or use the key of an admin. "New issue" needs no admin and asks Linear every few minutes.',
  ].join('\n'),
  auth,
  api: { baseUrl: 'https://api.linear.app' },
  actions: {
    createIssue,
    updateIssue,
    getIssue,
    listIssues,
    searchIssues,
    archiveIssue,
    addComment,
    listComments,
    attachLink,
    createProject,
    listProjects,
  },
  triggers: { workspaceEvent, newIssue },
})
