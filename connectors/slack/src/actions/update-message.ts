import { action, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import {
  blocksField,
  channelField,
  messageArguments,
  messagePlace,
  samplePlace,
  textField,
  tsField,
} from '../message.js'
import { write } from '../slack.js'

/** Replaces what a message says. */
export const updateMessage = action({
  name: 'Update a message',
  description: 'Replaces the text of a message that the app posted.',
  input: z.strictObject({ channel: channelField, ts: tsField, text: textField, blocks: blocksField }),
  output: messagePlace,
  sampleInput: { ...samplePlace, text: 'Order *A-1001* is on its way' },
  sampleOutput: samplePlace,
  scopes: ['chat:write'],
  options: { channel: channelOptions },
  run: (context) => {
    const { channel, ts, ...message } = context.input
    return write(context, {
      method: 'chat.update',
      arguments: { channel, ts, ...messageArguments(message) },
      answer: messagePlace,
    })
  },
})
