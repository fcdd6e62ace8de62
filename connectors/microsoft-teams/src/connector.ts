import { defineConnector } from '@inlay/sdk/connector'
import { createChannel } from './actions/create-channel.js'
import { createMeeting } from './actions/create-meeting.js'
import { getChatMessage } from './actions/get-chat-message.js'
import { getMessage } from './actions/get-message.js'
import { listChannels } from './actions/list-channels.js'
import { listMessages } from './actions/list-messages.js'
import { messagePerson } from './actions/message-person.js'
import { postToWebhook } from './actions/post-to-webhook.js'
import { replyToMessage } from './actions/reply-to-message.js'
import { sendChannelMessage } from './actions/send-channel-message.js'
import { sendChatMessage } from './actions/send-chat-message.js'
import { uploadFile } from './actions/upload-file.js'
import { auth, baseUrlOf } from './auth.js'
import { icon } from './icon.js'
import { channelMessagePosted } from './triggers/channel-message-posted.js'
import { chatMessagePosted } from './triggers/chat-message-posted.js'
import { newChannelMessage } from './triggers/new-channel-message.js'
import { newChatMessage } from './triggers/new-chat-message.js'

/** Messages, channels and meetings in Microsoft Teams. */
export const connector = defineConnector({
  id: 'microsoft-teams',
  version: '1.0.0',
  name: 'Microsoft Teams',
  description: 'Post messages and cards to Microsoft Teams, create channels and meetings, and start on new messages.',
  icon,
  color: '#6264a7',
  categories: ['communication', 'productivity'],
  docs: [
    'Sign in with a work or school account, or paste the address of a webhook that a Workflow of the channel gives. With a webhook, "Post to a webhook" is all there is.',
    'Messages are sent in the name of the account that signed in. Reading channel messages and creating channels need an administrator who agrees.',
    'The triggers that start at once are called by Microsoft Graph: the address of this product must be reachable by https. Their subscriptions end after an hour and are renewed before; what is written while one is down is not told. Microsoft allows an app one subscription for each channel or chat: a second workflow on the same one is refused. The triggers that ask every few minutes know no such limit and miss nothing.',
    'Teams has no idempotency keys for messages. Sending is at most once.',
  ].join('\n\n'),
  auth,
  api: { baseUrl: baseUrlOf },
  actions: {
    postToWebhook,
    sendChannelMessage,
    replyToMessage,
    sendChatMessage,
    messagePerson,
    getMessage,
    getChatMessage,
    listMessages,
    listChannels,
    createChannel,
    createMeeting,
    uploadFile,
  },
  triggers: { newChannelMessage, newChatMessage, channelMessagePosted, chatMessagePosted },
})
