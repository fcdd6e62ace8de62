import { defineConnector } from '@inlay/sdk/connector'
import { addContacts } from './actions/add-contacts.js'
import { findContact } from './actions/find-contact.js'
import { removeSuppression } from './actions/remove-suppression.js'
import { sendMail } from './actions/send-mail.js'
import { sendTemplate } from './actions/send-template.js'
import { auth, baseUrlOf } from './auth.js'
import { mailEvent } from './triggers/mail-event.js'

/** E-mail and contacts of SendGrid. */
export const connector = defineConnector({
  id: 'sendgrid',
  version: '1.1.0',
  name: 'SendGrid',
  description: 'Send e-mail, keep contacts, and start when mail is opened, bounces or is reported.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M8.500 3H21v12.500h-6.250V9.250H8.500z" opacity=".55"/><path d="M3 8.500h6.250v6.250h6.250V21H3z"/></svg>',
  color: '#1a82e2',
  categories: ['communication', 'marketing'],
  docs: 'Make an API key under Settings, API Keys, with access to Mail Send; for contacts to Marketing, and for "Mail event" to Event Webhook. The address that you send from has to be verified.',
  auth,
  api: { baseUrl: baseUrlOf },
  actions: { sendMail, sendTemplate, addContacts, findContact, removeSuppression },
  triggers: { mailEvent },
})
