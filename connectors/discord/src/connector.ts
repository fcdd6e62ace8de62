import { defineConnector } from '@inlay/sdk/connector'
import { addReaction } from './actions/add-reaction.js'
import { addRole } from './actions/add-role.js'
import { createThread } from './actions/create-thread.js'
import { deleteMessage } from './actions/delete-message.js'
import { editMessage } from './actions/edit-message.js'
import { findMembers } from './actions/find-members.js'
import { listMessages } from './actions/list-messages.js'
import { sendMessage } from './actions/send-message.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newMessage } from './triggers/new-message.js'

/** Messages, threads and roles on Discord by a bot. */
export const connector = defineConnector({
  id: 'discord',
  version: '1.0.0',
  name: 'Discord',
  description: 'Send messages and files, open threads, give roles, and start on new messages.',
  icon,
  color: '#5865f2',
  categories: ['communication'],
  docs: 'Make an application at discord.com/developers, add a bot, and invite it to your server with the permissions it needs. To read texts, switch on "Message Content Intent"; to find members, "Server Members Intent".',
  auth,
  api: { baseUrl: 'https://discord.com/api/v10', pace: { requests: 50, perMs: 1000 } },
  actions: { sendMessage, editMessage, deleteMessage, addReaction, createThread, listMessages, addRole, findMembers },
  triggers: { newMessage },
})
