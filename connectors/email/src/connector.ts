import { defineConnector } from '@inlay/sdk/connector'
import { createDraft } from './actions/create-draft.js'
import { deleteMail } from './actions/delete-mail.js'
import { forward } from './actions/forward.js'
import { getMail } from './actions/get-mail.js'
import { listFolders } from './actions/list-folders.js'
import { markMail } from './actions/mark-mail.js'
import { moveMail } from './actions/move-mail.js'
import { reply } from './actions/reply.js'
import { searchMails } from './actions/search-mails.js'
import { send } from './actions/send.js'
import { auth } from './auth.js'
import { newMail } from './triggers/new-mail.js'

/** Sends e-mail over SMTP, and reads it over IMAP. */
export const connector = defineConnector({
  id: 'email',
  version: '1.2.0',
  name: 'E-mail',
  description:
    'Send e-mail through your own mail server, work with the mail in its folders, and start when some arrives.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><rect x="3" y="5" width="18" height="14" rx="2.500"/><path d="m4 7.500 8 6 8-6"/></svg>',
  color: '#0f766e',
  categories: ['communication'],
  docs: 'Needs a mail server with user name and password. Servers that take nothing but OAuth 2 are used by connectors of their own.',
  auth,
  actions: { send, reply, forward, createDraft, searchMails, getMail, markMail, moveMail, deleteMail, listFolders },
  triggers: { newMail },
})
