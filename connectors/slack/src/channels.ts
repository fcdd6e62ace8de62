import { type OptionsContext, type OptionsLoader, type SelectOption, StepError, z } from '@inlay/sdk/connector'
import type { SlackApi } from './slack-api.js'

const PAGE_SIZE = 200
/** Enough for 2,000 channels; more would run into Slack's limit of calls per minute. */
const MAX_PAGES = 10

const channelPage = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
})

/** Channels by name, for the form. */
export function channelOptions(slack: SlackApi): OptionsLoader {
  return async (context) => {
    try {
      return await listChannels(slack, context, 'public_channel,private_channel')
    } catch (error) {
      // Private channels take a scope of their own, which an app may do without.
      if (!(error instanceof StepError) || error.kind !== 'authorization') throw error
      return listChannels(slack, context, 'public_channel')
    }
  }
}

async function listChannels(slack: SlackApi, context: OptionsContext, types: string): Promise<SelectOption[]> {
  const wanted = context.search.replace(/^#/, '').toLowerCase()
  const found: SelectOption[] = []
  let cursor = ''
  for (let page = 0; page < MAX_PAGES; page++) {
    const { channels, response_metadata } = await slack.read(context, {
      method: 'conversations.list',
      arguments: { limit: PAGE_SIZE, exclude_archived: true, types, ...(cursor === '' ? {} : { cursor }) },
      answer: channelPage,
    })
    const matching = channels.filter(({ name }) => name.toLowerCase().includes(wanted))
    found.push(...matching.map(({ id, name }) => ({ value: id, label: `#${name}` })))
    cursor = response_metadata.next_cursor
    if (cursor === '') break
  }
  return found.sort((a, b) => a.label.localeCompare(b.label))
}
