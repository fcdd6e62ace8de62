import { defineConnector } from '@inlay/sdk/connector'
import { changeLabels } from './actions/change-labels.js'
import { createDraft } from './actions/create-draft.js'
import { getMessage } from './actions/get-message.js'
import { listLabels } from './actions/list-labels.js'
import { replyToMessage } from './actions/reply-to-message.js'
import { searchMessages } from './actions/search-messages.js'
import { sendMessage } from './actions/send-message.js'
import { trashMessage } from './actions/trash-message.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newMessage } from './triggers/new-message.js'

/** Messages, drafts and labels of Gmail. */
export const connector = defineConnector({
  id: 'gmail',
  version: '1.0.1',
  name: 'Gmail',
  description: 'Send, answer, find and label messages in Gmail.',
  icon,
  color: '#ea4335',
  categories: ['communication', 'productivity'],
  docs: [
    'Sign in with the Google account whose mailbox you want to automate.',
    '',
    'Whoever registers the OAuth client enables the Gmail API in its Google Cloud project. The scope for reading mail is restricted: Google reviews apps that ask people outside of their own organisation for it.',
    '',
    'A message may have 25 MB with its attachments. New messages are found by asking every few minutes.',
  ].join('\n'),
  auth,
  api: { baseUrl: 'https://gmail.googleapis.com' },
  actions: {
    sendMessage,
    replyToMessage,
    createDraft,
    searchMessages,
    getMessage,
    changeLabels,
    listLabels,
    trashMessage,
  },
  triggers: { newMessage },
})
