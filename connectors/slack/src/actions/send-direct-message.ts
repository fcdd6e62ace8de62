import { action, z } from '@inlay/sdk/connector'
import { userOptions } from '../choices.js'
import { blocksField, messageArguments, messagePlace, samplePlace, textField, userField } from '../message.js'
import { write } from '../slack.js'

/** Sends a message to one person. */
export const sendDirectMessage = action({
  name: 'Send a direct message',
  description: 'Sends a message to one person, from the app.',
  input: z.strictObject({ user: userField, text: textField, blocks: blocksField }),
  output: messagePlace,
  sampleInput: { user: 'U2147483697', text: 'Your order *A-1001* is on its way' },
  sampleOutput: { ...samplePlace, channel: 'D024BE91L' },
  scopes: ['im:write', 'chat:write'],
  options: { user: userOptions },
  // Slack knows no idempotency key for messages: repeating after a crash would send twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { user, ...message } = context.input
    const { channel } = await write(context, {
      method: 'conversations.open',
      arguments: { users: user },
      answer: z.object({ channel: z.object({ id: z.string() }) }),
    })
    return write(context, {
      method: 'chat.postMessage',
      arguments: { channel: channel.id, ...messageArguments(message) },
      answer: messagePlace,
    })
  },
})
