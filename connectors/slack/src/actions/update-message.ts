import { action, z } from '@inlay/sdk/connector'
import { listChannels } from '../channels.js'
import { callSlack } from '../slack-api.js'

/** Replaces the text of a message. */
export const updateMessage = action({
  name: 'Update a message',
  description: 'Replaces the text of a message that the app posted.',
  input: z.strictObject({
    channel: z.string().min(1).meta({ title: 'Channel', 'x-inlay-options': true }),
    ts: z.string().min(1).meta({ title: 'Message id (ts)', description: 'From the step that posted the message.' }),
    text: z.string().min(1).max(40_000).meta({ title: 'Message', format: 'multiline' }),
  }),
  output: z.object({ channel: z.string(), ts: z.string() }),
  sampleOutput: { channel: 'C024BE91L', ts: '1405895017.000506' },
  options: { channel: listChannels },
  run: async (context) => {
    const { channel, ts, text } = context.input
    const answer = await callSlack(context, 'chat.update', { channel, ts, text })
    return { channel: String(answer['channel']), ts: String(answer['ts']) }
  },
})
