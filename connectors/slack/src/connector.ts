import { defineConnector } from '@inlay/sdk/connector'
import { addReaction } from './actions/add-reaction.js'
import { createChannel } from './actions/create-channel.js'
import { deleteMessage } from './actions/delete-message.js'
import { findUserByEmail } from './actions/find-user-by-email.js'
import { inviteToChannel } from './actions/invite-to-channel.js'
import { listChannels } from './actions/list-channels.js'
import { listUsers } from './actions/list-users.js'
import { postMessage } from './actions/post-message.js'
import { sendDirectMessage } from './actions/send-direct-message.js'
import { setTopic } from './actions/set-topic.js'
import { updateMessage } from './actions/update-message.js'
import { uploadFile } from './actions/upload-file.js'
import { appEvents } from './app-events.js'
import { auth } from './auth.js'
import { appMentioned } from './triggers/app-mentioned.js'
import { messagePosted } from './triggers/message-posted.js'
import { reactionAdded } from './triggers/reaction-added.js'

/** Posts to Slack and hears what is said there. */
export const connector = defineConnector({
  id: 'slack',
  version: '1.1.0',
  name: 'Slack',
  description: 'Post messages and files to Slack, manage channels, and start when something is said.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M9.500 4v16M14.500 4v16M4 9.500h16M4 14.500h16"/></svg>',
  color: '#4a154b',
  categories: ['communication'],
  docs: [
    'Sign in with Slack, or paste the bot token of an app of your own.',
    'The app posts to channels that it is a member of: invite it with `/invite`.',
    'Triggers need the event subscriptions of the Slack app; whoever runs this product sets them up once for everybody.',
    'Slack has no idempotency keys for messages. Posting is at most once: if a worker dies in the middle of it, the step fails and says so instead of posting twice.',
  ].join('\n\n'),
  auth,
  api: { baseUrl: 'https://slack.com/api' },
  actions: {
    postMessage,
    updateMessage,
    deleteMessage,
    sendDirectMessage,
    uploadFile,
    addReaction,
    findUserByEmail,
    createChannel,
    inviteToChannel,
    setTopic,
    listChannels,
    listUsers,
  },
  triggers: { messagePosted, appMentioned, reactionAdded },
  appEvents,
})
