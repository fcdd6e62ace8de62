import type { JsonObject, OptionsContext, SelectOption } from '@inlay/sdk/connector'
import { callSlack } from './slack-api.js'

const PAGE_SIZE = 200
const MAX_PAGES = 10

/** Channels by name, for the form; reads at most ten pages. */
export async function listChannels(context: OptionsContext): Promise<readonly SelectOption[]> {
  const wanted = context.search.replace(/^#/, '').toLowerCase()
  const found: SelectOption[] = []
  let cursor = ''
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await callSlack(context, 'conversations.list', {
      limit: PAGE_SIZE,
      exclude_archived: true,
      types: 'public_channel,private_channel',
      ...(cursor === '' ? {} : { cursor }),
    })
    // Shapes as documented for conversations.list.
    const channels = (answer['channels'] ?? []) as readonly { id: string; name: string }[]
    found.push(
      ...channels.filter(({ name }) => name.includes(wanted)).map(({ id, name }) => ({ value: id, label: `#${name}` })),
    )
    cursor = String((answer['response_metadata'] as JsonObject | undefined)?.['next_cursor'] ?? '')
    if (cursor === '') break
  }
  return found.sort((a, b) => a.label.localeCompare(b.label))
}
