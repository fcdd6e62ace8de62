import { action, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import {
  blocksField,
  channelField,
  messageArguments,
  messagePlace,
  samplePlace,
  textField,
  threadField,
} from '../message.js'
import { write } from '../slack.js'

/** Posts a message to a channel. */
export const postMessage = action({
  name: 'Post a message',
  description: 'Posts a message to a channel, or as an answer in a thread.',
  input: z.strictObject({ channel: channelField, text: textField, blocks: blocksField, threadTs: threadField }),
  output: messagePlace,
  sampleInput: { channel: samplePlace.channel, text: 'New order *A-1001* from Kim' },
  sampleOutput: samplePlace,
  scopes: ['chat:write'],
  options: { channel: channelOptions },
  // Slack knows no idempotency key for messages: repeating after a crash would post twice.
  delivery: 'at-most-once',
  run: (context) => {
    const { channel, threadTs, ...message } = context.input
    return write(context, {
      method: 'chat.postMessage',
      arguments: { channel, ...messageArguments(message), thread_ts: threadTs },
      answer: messagePlace,
    })
  },
})
