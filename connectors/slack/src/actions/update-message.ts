import { action, z } from '@inlay/sdk/connector'
import { channelOptions } from '../channels.js'
import { channelField, messagePlace, samplePlace, textField } from '../message.js'
import type { SlackApi } from '../slack-api.js'

/** Replaces the text of a message. */
export function updateMessage(slack: SlackApi) {
  return action({
    name: 'Update a message',
    description: 'Replaces the text of a message that the app posted.',
    input: z.strictObject({
      channel: channelField,
      ts: z
        .string()
        .min(1)
        .meta({
          title: 'Message id (ts)',
          description: 'From the step that posted the message.',
          examples: [samplePlace.ts],
        }),
      text: textField,
    }),
    output: messagePlace,
    sampleOutput: samplePlace,
    options: { channel: channelOptions(slack) },
    run: (context) => {
      const { channel, ts, text } = context.input
      return slack.write(context, { method: 'chat.update', arguments: { channel, ts, text }, answer: messagePlace })
    },
  })
}
