import { appWebhookTrigger, type TriggerItem, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import { channelField } from '../message.js'

/** Edits, joins and the like are told as messages too; these kinds are something that was said. */
const SAID = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message'])

const message = z.object({
  subtype: z.string().optional(),
  channel: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().default(''),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish(), mimetype: z.string().nullish() })).default([]),
})

/** What workflows see of a message. */
export const messageOutput = z.object({
  channel: z.string().meta({ title: 'Channel id' }),
  ts: z.string().meta({ title: 'Message id (ts)' }),
  threadTs: z.string().nullable().meta({ title: 'Thread (ts)', description: 'Null when it is in no thread.' }),
  user: z.string().nullable().meta({ title: 'Person id', description: 'Null when an app posted it.' }),
  text: z.string().meta({ title: 'Text' }),
  isFromBot: z.boolean().meta({ title: 'Posted by an app' }),
  files: z
    .array(
      z.object({
        id: z.string().meta({ title: 'File id' }),
        name: z.string().nullable().meta({ title: 'Name' }),
        type: z.string().nullable().meta({ title: 'Type' }),
      }),
    )
    .meta({ title: 'Files' }),
})

/** A message as Slack's documentation shows one. */
export const sampleMessage = {
  channel: 'C2147483705',
  ts: '1355517523.000005',
  threadTs: null,
  user: 'U2147483697',
  text: 'Where is my order A-1001?',
  isFromBot: false,
  files: [],
}

/** What Slack tells of a message; undefined for changes of messages, and for what is none. */
export function toMessage(data: unknown): z.output<typeof messageOutput> | undefined {
  const told = message.safeParse(data)
  if (!told.success || !SAID.has(told.data.subtype)) return undefined
  const { channel, ts, thread_ts = null, user = null, text, bot_id, subtype, files } = told.data
  return {
    channel,
    ts,
    threadTs: thread_ts,
    user,
    text,
    isFromBot: bot_id !== undefined || subtype === 'bot_message',
    files: files.map(({ id, name = null, mimetype = null }) => ({ id, name, type: mimetype })),
  }
}

/** Starts when somebody posts a message. */
export const messagePosted = appWebhookTrigger({
  name: 'Message posted',
  description: 'Starts when somebody posts a message in a channel that the app is in.',
  input: z.strictObject({
    channel: channelField.optional().meta({
      title: 'Channel',
      description: 'Any that the app is in, when left empty.',
    }),
    includeThreads: z.boolean().default(false).meta({ title: 'Answers in threads too' }),
    includeBots: z.boolean().default(false).meta({
      title: 'Messages of apps too',
      description: 'Take care: a workflow that posts to the channel would start itself.',
    }),
  }),
  output: messageOutput,
  sampleOutput: sampleMessage,
  scopes: ['channels:history'],
  events: ['message'],
  options: { channel: channelOptions },
  parse: ({ event, input }): TriggerItem[] => {
    const said = toMessage(event.data)
    if (said === undefined) return []
    if (input.channel !== undefined && said.channel !== input.channel) return []
    if (said.isFromBot && !input.includeBots) return []
    if (said.threadTs !== null && said.threadTs !== said.ts && !input.includeThreads) return []
    return [{ id: event.id, data: said }]
  },
})
