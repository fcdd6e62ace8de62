import { type OptionsContext, type OptionsPage, z } from '@inlay/sdk/connector'
import { callGraph } from './graph-api.js'

/** The field by which actions and triggers name a team. */
export const teamField = z
  .string()
  .min(1)
  .meta({ title: 'Team', examples: ['team-1'] })

/** The field by which actions and triggers name a channel. */
export const channelField = z
  .string()
  .min(1)
  .meta({ title: 'Channel', examples: ['19:channel-1@thread.tacv2'] })

/** What automations need of a team or channel. */
export const placeSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  displayName: z.string().meta({ title: 'Name' }),
  description: z.string().nullish().meta({ title: 'Description' }),
  webUrl: z.string().nullish().meta({ title: 'Address' }),
})

/** A page of a list of Graph. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() })
}

/** The path of a team's channels, or of one of them. */
export function channelPath(team: string, channel?: string): string {
  const path = `/teams/${encodeURIComponent(team)}/channels`
  return channel === undefined ? path : `${path}/${encodeURIComponent(channel)}`
}

/** Teams that the account is in. */
export const teamOptions = (context: OptionsContext): Promise<OptionsPage> => places(context, '/me/joinedTeams')

/** Channels of the team in the form. */
export const channelOptions = {
  dependsOn: ['team'],
  load: (context: OptionsContext): Promise<OptionsPage> => places(context, channelPath(String(context.input['team']))),
}

async function places(context: OptionsContext, first: string): Promise<OptionsPage> {
  const page = await callGraph(context, { url: context.cursor ?? first, answer: pageOf(placeSchema) })
  const options = page.value.map(({ id, displayName, description }) => ({
    value: id,
    label: displayName,
    ...(description ? { description } : {}),
  }))
  return { options, ...nextOf(page['@odata.nextLink']) }
}

const chat = z.object({
  id: z.string(),
  topic: z.string().nullish(),
  chatType: z.string(),
  members: z.array(z.object({ userId: z.string().nullish(), displayName: z.string().nullish() })).nullish(),
})

/** The field by which actions and triggers name a chat. */
export const chatField = z
  .string()
  .min(1)
  .meta({ title: 'Chat', examples: ['19:chat-1@thread.v2'] })

/** The path of a chat. */
export function chatPath(chat: string): string {
  return `/chats/${encodeURIComponent(chat)}`
}

/** Chats that the account is in; those without a name are told by who is in them. */
export async function chatOptions(context: OptionsContext): Promise<OptionsPage> {
  const first = `/me/chats?${new URLSearchParams({ $expand: 'members', $top: '50' })}`
  const page = await callGraph(context, { url: context.cursor ?? first, answer: pageOf(chat) })
  const options = page.value.map(({ id, topic, chatType, members }) => {
    const names = (members ?? []).flatMap(({ displayName }) => (displayName ? [displayName] : []))
    return { value: id, label: topic || names.join(', ') || 'Chat without a name', description: chatType }
  })
  return { options, ...nextOf(page['@odata.nextLink']) }
}

function nextOf(link: string | undefined): { nextCursor?: string } {
  return link === undefined ? {} : { nextCursor: link }
}
