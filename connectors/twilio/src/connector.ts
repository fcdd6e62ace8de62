import { defineConnector } from '@inlay/sdk/connector'
import { awaitDelivery } from './actions/await-delivery.js'
import { cancelMessage } from './actions/cancel-message.js'
import { deleteMessage } from './actions/delete-message.js'
import { getCall } from './actions/get-call.js'
import { getMessage } from './actions/get-message.js'
import { listMessages } from './actions/list-messages.js'
import { lookupNumber } from './actions/lookup-number.js'
import { makeCall } from './actions/make-call.js'
import { sendMessage } from './actions/send-message.js'
import { sendWhatsApp } from './actions/send-whatsapp.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { messageReceived } from './triggers/message-received.js'
import { messageStatus } from './triggers/message-status.js'
import { newMessage } from './triggers/new-message.js'
import { whatsAppReceived } from './triggers/whatsapp-received.js'
import { CONTENT, LOOKUPS, MESSAGING } from './twilio-api.js'

/** Messages and calls by Twilio. */
export const connector = defineConnector({
  id: 'twilio',
  version: '1.0.0',
  name: 'Twilio',
  description: 'Send SMS, MMS and WhatsApp messages, make calls, and start when a message is received.',
  icon,
  color: '#f22f46',
  categories: ['communication'],
  docs: [
    'Connect with account SID and auth token, or with an API key of the account.',
    'WhatsApp needs a sender that WhatsApp has approved, or the sandbox of the Twilio console.',
    '"Message received" sets the address that a number calls for messages, and puts the one before back when the workflow is switched off. Numbers of a messaging service use the address of that service instead: there, use "New message". "Message status changed" does the same with the status address of a messaging service. After a change of the auth token, switch such workflows off and on.',
    'Twilio has no idempotency keys for messages and calls. Sending is at most once.',
  ].join('\n\n'),
  auth,
  api: { baseUrl: 'https://api.twilio.com', origins: [LOOKUPS, MESSAGING, CONTENT] },
  actions: {
    sendMessage,
    sendWhatsApp,
    awaitDelivery,
    cancelMessage,
    getMessage,
    listMessages,
    deleteMessage,
    makeCall,
    getCall,
    lookupNumber,
  },
  triggers: { messageReceived, whatsAppReceived, messageStatus, newMessage },
})
