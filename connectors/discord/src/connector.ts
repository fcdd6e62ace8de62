import { defineConnector } from '@inlay/sdk/connector'
import { addReaction } from './actions/add-reaction.js'
import { addRole } from './actions/add-role.js'
import { createChannel } from './actions/create-channel.js'
import { createForumPost } from './actions/create-forum-post.js'
import { createThread } from './actions/create-thread.js'
import { deleteMessage } from './actions/delete-message.js'
import { editMessage } from './actions/edit-message.js'
import { findMembers } from './actions/find-members.js'
import { getMember } from './actions/get-member.js'
import { getMessage } from './actions/get-message.js'
import { listChannels } from './actions/list-channels.js'
import { listMessages } from './actions/list-messages.js'
import { sendDirectMessage } from './actions/send-direct-message.js'
import { sendMessage } from './actions/send-message.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newMember } from './triggers/new-member.js'
import { newMessage } from './triggers/new-message.js'

/** Messages, threads and roles on Discord by a bot. */
export const connector = defineConnector({
  id: 'discord',
  version: '1.1.0',
  name: 'Discord',
  description:
    'Send messages and files, open threads, posts and channels, give roles, and start on new messages and members.',
  icon,
  color: '#5865f2',
  categories: ['communication'],
  docs: 'Make an application at discord.com/developers, add a bot, and invite it to your server with the permissions it needs. To read texts, switch on "Message Content Intent"; to find members and hear of new ones, "Server Members Intent". Triggers ask Discord every few minutes: what Discord tells at once goes to programs that stay connected to it.',
  auth,
  api: { baseUrl: 'https://discord.com/api/v10', pace: { requests: 50, perMs: 1000 } },
  actions: {
    sendMessage,
    sendDirectMessage,
    editMessage,
    deleteMessage,
    getMessage,
    listMessages,
    addReaction,
    createThread,
    createForumPost,
    createChannel,
    listChannels,
    addRole,
    getMember,
    findMembers,
  },
  triggers: { newMessage, newMember },
})
