import { action, z } from '@inlay/sdk/connector'
import { channelOptions } from '../channels.js'
import { channelField, messagePlace, samplePlace, textField } from '../message.js'
import type { SlackApi } from '../slack-api.js'

/** Posts a message to a channel. */
export function postMessage(slack: SlackApi) {
  return action({
    name: 'Post a message',
    description: 'Posts a message to a channel, or as an answer in a thread.',
    input: z.strictObject({
      channel: channelField,
      text: textField,
      threadTs: z
        .string()
        .optional()
        .meta({ title: 'Thread', description: 'The ts of the message to answer to.', examples: [samplePlace.ts] }),
    }),
    output: messagePlace,
    sampleOutput: samplePlace,
    options: { channel: channelOptions(slack) },
    // Slack knows no idempotency key for messages: repeating after a crash would post twice.
    delivery: 'at-most-once',
    run: (context) => {
      const { channel, text, threadTs } = context.input
      return slack.write(context, {
        method: 'chat.postMessage',
        arguments: { channel, text, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) },
        answer: messagePlace,
      })
    },
  })
}
