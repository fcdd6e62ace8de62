import { action, z } from '@inlay/sdk/connector'
import { listChannels } from '../channels.js'
import { callSlack } from '../slack-api.js'

/** Posts a message to a channel. */
export const postMessage = action({
  name: 'Post a message',
  description: 'Posts a message to a channel.',
  input: z.strictObject({
    channel: z.string().min(1).meta({ title: 'Channel', 'x-inlay-options': true }),
    text: z
      .string()
      .min(1)
      .max(40_000)
      .meta({ title: 'Message', format: 'multiline', description: 'Slack formatting such as *bold* works.' }),
    threadTs: z.string().optional().meta({ title: 'Thread', description: 'The ts of the message to answer to.' }),
  }),
  output: z.object({ channel: z.string(), ts: z.string().meta({ title: 'Message id (ts)' }) }),
  sampleOutput: { channel: 'C024BE91L', ts: '1405895017.000506' },
  options: { channel: listChannels },
  // Slack knows no idempotency key for messages: repeating after a crash would post twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { channel, text, threadTs } = context.input
    const answer = await callSlack(context, 'chat.postMessage', {
      channel,
      text,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    })
    return { channel: String(answer['channel']), ts: String(answer['ts']) }
  },
})
