import { z } from '@inlay/sdk/connector'

/** Where a message is. */
export const messagePlace = z.object({
  channel: z.string().meta({ title: 'Channel id' }),
  ts: z.string().meta({ title: 'Message id (ts)' }),
})

/** A message as Slack's documentation shows one. */
export const samplePlace = { channel: 'C024BE91L', ts: '1405895017.000506' }

/** A field for the channel, chosen from those that the app sees. */
export const channelField = z
  .string()
  .min(1)
  .meta({ title: 'Channel', description: 'The app must be a member of it.', 'x-inlay-options': true })

/** A field for a message's text. */
export const textField = z
  .string()
  .min(1)
  .max(40_000)
  .meta({
    title: 'Message',
    format: 'multiline',
    description: "Slack's formatting works: *bold*, _italic_, <https://example.com|a link>.",
    examples: ['New order *A-1001* from Kim'],
  })
