import { defineConnector } from '@inlay/sdk/connector'
import { addComment } from './actions/add-comment.js'
import { appendContent } from './actions/append-content.js'
import { createPage } from './actions/create-page.js'
import { createSubpage } from './actions/create-subpage.js'
import { getPage } from './actions/get-page.js'
import { listComments } from './actions/list-comments.js'
import { listUsers } from './actions/list-users.js'
import { queryDatabase } from './actions/query-database.js'
import { search } from './actions/search.js'
import { trashPage } from './actions/trash-page.js'
import { updatePage } from './actions/update-page.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { NOTION_VERSION } from './notion-api.js'
import { changedPage } from './triggers/changed-page.js'
import { newPage } from './triggers/new-page.js'

/** Pages, databases and comments in Notion. */
export const connector = defineConnector({
  id: 'notion',
  version: '1.0.0',
  name: 'Notion',
  description: 'Write, read and find pages and databases, comment, and start on new and changed pages.',
  icon,
  color: '#000000',
  categories: ['productivity', 'data', 'project-management'],
  docs: [
    'Sign in with Notion and choose the pages to share, or paste the secret of an internal integration and add it to pages by "…", Connections. What is not shared does not exist for the connection.',
    '',
    'A "database" in forms is a data source, the table within a database; most databases have one. Notion tells the minute of a change: "New or changed page" starts once for all changes of a minute, after it is over.',
  ].join('\n'),
  auth,
  api: {
    baseUrl: 'https://api.notion.com',
    headers: { 'notion-version': NOTION_VERSION },
    // Three in a second on average, in bursts.
    pace: { requests: 180, perMs: 60_000 },
  },
  actions: {
    createPage,
    updatePage,
    queryDatabase,
    getPage,
    appendContent,
    createSubpage,
    trashPage,
    search,
    addComment,
    listComments,
    listUsers,
  },
  triggers: { newPage, changedPage },
})
