import { type JsonObject, jsonObject, z } from '@inlay/sdk/connector'

/** Where a message is. */
export const messagePlace = z.object({
  channel: z.string().meta({ title: 'Channel id' }),
  ts: z.string().meta({ title: 'Message id (ts)' }),
})

/** A message as Slack's documentation shows one. */
export const samplePlace = { channel: 'C024BE91L', ts: '1405895017.000506' }

/** A field for the channel, chosen from those that the app sees. */
export const channelField = z.string().min(1).meta({ title: 'Channel', description: 'The app must be a member of it.' })

/** A field for a person, chosen from the members of the workspace. */
export const userField = z.string().min(1).meta({ title: 'Person' })

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

/** A field for the id of a message. */
export const tsField = z
  .string()
  .min(1)
  .meta({
    title: 'Message id (ts)',
    description: 'From the step that posted the message, or from the trigger.',
    examples: [samplePlace.ts],
  })

/** A field for the thread that a message answers to. */
export const threadField = z
  .string()
  .optional()
  .meta({ title: 'Thread', description: 'The ts of the message to answer to.', examples: [samplePlace.ts] })

/** A field for a layout of Block Kit. */
export const blocksField = z
  .array(jsonObject)
  .max(50)
  .optional()
  .meta({
    title: 'Blocks',
    description: 'A layout of Block Kit. The message is then what notifications show.',
    examples: [[{ type: 'section', text: { type: 'mrkdwn', text: '*New order*' } }]],
  })

/** What a message says, as Slack's methods take it. */
export function messageArguments(input: {
  readonly text: string
  readonly blocks?: readonly JsonObject[] | undefined
}): { readonly text: string; readonly blocks?: readonly JsonObject[] } {
  return { text: input.text, ...(input.blocks === undefined ? {} : { blocks: input.blocks }) }
}
