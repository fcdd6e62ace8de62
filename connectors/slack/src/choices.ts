import {
  type OptionsContext,
  type OptionsDefinition,
  type OptionsPage,
  type SelectOption,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { read } from './slack.js'

const PAGE_SIZE = 200
/** Slack cannot search: this many pages are looked through, which is 2,000 entries and below its limit of calls per minute. */
const MAX_SEARCHED_PAGES = 10

/** Slack gives an empty cursor after the last page. */
export const pageMark = z
  .object({ next_cursor: z.string().default('') })
  .default({ next_cursor: '' })
  .transform(({ next_cursor }) => (next_cursor === '' ? undefined : next_cursor))

/** A channel as lists give it. */
export const listedChannel = z.object({ id: z.string(), name: z.string(), is_private: z.boolean().default(false) })

/** A person as lists and look-ups give one. */
export const listedUser = z.object({
  id: z.string(),
  name: z.string(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  tz: z.string().optional(),
  real_name: z.string().optional(),
  profile: z.object({ real_name: z.string().optional(), email: z.string().optional() }).default({}),
})

/** Channels by name, for the form. */
export const channelOptions: OptionsDefinition = {
  isSearchable: true,
  load: async (context) => {
    try {
      return await choose(context, (cursor) => channelPage(context, 'public_channel,private_channel', cursor))
    } catch (error) {
      // Private channels take a scope of their own, which an app may do without.
      if (!(error instanceof StepError) || error.kind !== 'authorization') throw error
      return choose(context, (cursor) => channelPage(context, 'public_channel', cursor))
    }
  },
}

/** People by name, for the form. */
export const userOptions: OptionsDefinition = {
  isSearchable: true,
  load: (context) => choose(context, (cursor) => userPage(context, cursor)),
}

/** A page of what there is; or, when something is searched for, all that fits it. */
async function choose(
  context: OptionsContext,
  page: (cursor: string | undefined) => Promise<OptionsPage>,
): Promise<OptionsPage> {
  const wanted = context.search.replace(/^[#@]/, '').toLowerCase()
  if (wanted === '') return page(context.cursor)
  const found: SelectOption[] = []
  let cursor: string | undefined
  for (let count = 0; count < MAX_SEARCHED_PAGES; count++) {
    const { options, nextCursor } = await page(cursor)
    found.push(...options.filter(({ label }) => label.toLowerCase().includes(wanted)))
    cursor = nextCursor
    if (cursor === undefined) break
  }
  return { options: found.sort((a, b) => a.label.localeCompare(b.label)) }
}

async function channelPage(context: OptionsContext, types: string, cursor?: string): Promise<OptionsPage> {
  const { channels, response_metadata } = await read(context, {
    method: 'conversations.list',
    arguments: { limit: PAGE_SIZE, exclude_archived: true, types, cursor },
    answer: z.object({ channels: z.array(listedChannel), response_metadata: pageMark }),
  })
  return toPage(
    channels.map(({ id, name }) => ({ value: id, label: `#${name}` })),
    response_metadata,
  )
}

async function userPage(context: OptionsContext, cursor?: string): Promise<OptionsPage> {
  const { members, response_metadata } = await read(context, {
    method: 'users.list',
    arguments: { limit: PAGE_SIZE, cursor },
    answer: z.object({ members: z.array(listedUser), response_metadata: pageMark }),
  })
  const people = members.filter(({ deleted, is_bot }) => !deleted && !is_bot)
  return toPage(
    people.map(({ id, name, real_name, profile }) => ({
      value: id,
      label: real_name ?? profile.real_name ?? name,
      description: `@${name}`,
    })),
    response_metadata,
  )
}

function toPage(options: SelectOption[], nextCursor: string | undefined): OptionsPage {
  return { options, ...(nextCursor === undefined ? {} : { nextCursor }) }
}
