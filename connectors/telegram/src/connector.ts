import { defineConnector } from '@inlay/sdk/connector'
import { answerCallback } from './actions/answer-callback.js'
import { deleteMessage } from './actions/delete-message.js'
import { editMessage } from './actions/edit-message.js'
import { getChat } from './actions/get-chat.js'
import { getFile } from './actions/get-file.js'
import { sendFile } from './actions/send-file.js'
import { sendMessage } from './actions/send-message.js'
import { auth, signPath } from './auth.js'
import { icon } from './icon.js'
import { newUpdate } from './triggers/new-update.js'

/** Messages and files by a Telegram bot. */
export const connector = defineConnector({
  id: 'telegram',
  version: '1.0.0',
  name: 'Telegram',
  description: 'Send messages and files by a bot, and start when people write to it.',
  icon,
  color: '#229ed9',
  categories: ['communication'],
  docs: 'Talk to @BotFather in Telegram, make a bot with /newbot, and paste its token. People have to write to the bot, or add it to their group, before it can write to them. A bot has one webhook: a workflow that starts on its messages takes the place of another one.',
  auth: { ...auth, sign: signPath },
  api: { baseUrl: 'https://api.telegram.org', pace: { requests: 30, perMs: 1000 } },
  actions: { sendMessage, sendFile, editMessage, deleteMessage, answerCallback, getChat, getFile },
  triggers: { newUpdate },
})
