import { defineConnector } from '@inlay/sdk/connector'
import { addNote } from './actions/add-note.js'
import { addTag } from './actions/add-tag.js'
import { assignConversation } from './actions/assign-conversation.js'
import { closeConversation } from './actions/close-conversation.js'
import { createContact } from './actions/create-contact.js'
import { createConversation } from './actions/create-conversation.js'
import { getContact } from './actions/get-contact.js'
import { getConversation } from './actions/get-conversation.js'
import { replyToConversation } from './actions/reply-to-conversation.js'
import { searchContacts } from './actions/search-contacts.js'
import { sendMessage } from './actions/send-message.js'
import { snoozeConversation } from './actions/snooze-conversation.js'
import { tagConversation } from './actions/tag-conversation.js'
import { trackEvent } from './actions/track-event.js'
import { updateContact } from './actions/update-contact.js'
import { appEvents } from './app-events.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { apiUrl, INTERCOM_VERSION } from './intercom-api.js'
import { appEvent } from './triggers/app-event.js'
import { newContact } from './triggers/new-contact.js'
import { newConversation } from './triggers/new-conversation.js'

/** Contacts and conversations in Intercom. */
export const connector = defineConnector({
  id: 'intercom',
  version: '1.1.0',
  name: 'Intercom',
  description: 'Work with contacts and conversations in Intercom, and start when there are new ones.',
  icon,
  color: '#6afdef',
  categories: ['support', 'communication'],
  docs: [
    'Sign in with Intercom, or paste the access token of an app of your workspace. Choose the region of the workspace.',
    'The app needs permission to read and write users, conversations and tags, and to read admins.',
    '"Event" needs the webhooks of the Intercom app; whoever runs this product sets them up once for everybody. The other triggers ask Intercom every few minutes and need nothing.',
    'Intercom has no idempotency keys: writing and creating is at most once. If a worker dies in the middle of it, the step fails and says so instead of writing twice.',
  ].join('\n\n'),
  auth,
  api: {
    baseUrl: apiUrl,
    headers: { 'intercom-version': INTERCOM_VERSION },
    // A thousand in a minute, which Intercom counts in windows of ten seconds.
    pace: { requests: 160, perMs: 10_000 },
  },
  actions: {
    createContact,
    updateContact,
    getContact,
    searchContacts,
    createConversation,
    getConversation,
    replyToConversation,
    assignConversation,
    closeConversation,
    snoozeConversation,
    addNote,
    addTag,
    tagConversation,
    sendMessage,
    trackEvent,
  },
  triggers: { newConversation, newContact, appEvent },
  appEvents,
})
