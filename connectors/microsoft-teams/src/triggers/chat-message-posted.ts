import { webhookTrigger, z } from '@inlay/sdk/connector'
import { messageSchema, sampleMessage } from '../message.js'
import { chatField, chatOptions, chatPath } from '../places.js'
import {
  answerValidation,
  createdMessages,
  isFromGraph,
  RENEWAL_MS,
  resubscribe,
  subscribe,
  unsubscribe,
} from '../subscription.js'

/** Starts at once for each message in a chat. */
export const chatMessagePosted = webhookTrigger({
  name: 'Chat message posted (at once)',
  description: 'Starts at once for each message in a chat. Microsoft Graph calls this product.',
  input: z.strictObject({ chat: chatField }),
  output: messageSchema,
  sampleOutput: sampleMessage,
  scopes: ['Chat.Read'],
  options: { chat: chatOptions },
  register: (context) => subscribe(context, resourceOf(context.input.chat)),
  unregister: unsubscribe,
  renewal: { everyMs: RENEWAL_MS, run: (context) => resubscribe(context, resourceOf(context.input.chat)) },
  handshake: answerValidation,
  verify: isFromGraph,
  parse: (delivery) => createdMessages(delivery, chatPath(delivery.input.chat)),
})

/** Graph names resources as they are, not as in an address. */
function resourceOf(chat: string): string {
  return `/chats/${chat}/messages`
}
