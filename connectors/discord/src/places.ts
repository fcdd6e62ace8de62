import { type OptionsContext, z } from '@inlay/sdk/connector'
import { CHANNEL_KINDS, channelSchema } from './channel.js'
import { discord } from './discord-api.js'

/** The field by which forms name a server. */
export const serverField = z
  .string()
  .regex(/^\d+$/, 'must be an id of digits')
  .meta({ title: 'Server', examples: ['197038439483310086'] })

/** The field by which forms name a channel. */
export const channelField = z
  .string()
  .regex(/^\d+$/, 'must be an id of digits')
  .meta({ title: 'Channel', examples: ['41771983423143937'] })

const named = z.array(z.object({ id: z.string(), name: z.string() }))

/** Servers that the bot is in. */
export async function serverOptions(context: OptionsContext) {
  const servers = await discord.call(context, { url: '/users/@me/guilds?limit=200', answer: named })
  return servers.map(({ id, name }) => ({ value: id, label: name }))
}

/** Channels of all servers that the bot is in. @param kinds in Discord's numbers */
async function channelsOf(context: OptionsContext, kinds: readonly number[]) {
  const servers = await discord.call(context, { url: '/users/@me/guilds?limit=200', answer: named })
  const listed = await Promise.all(
    servers.map(async (server) => {
      const channels = await discord.call(context, {
        url: `/guilds/${server.id}/channels`,
        answer: z.array(channelSchema),
      })
      return channels
        .filter(({ type }) => kinds.includes(type))
        .map(({ id, name }) => ({ value: id, label: `#${name}`, description: server.name }))
    }),
  )
  return listed.flat()
}

/** Channels in which messages are written, of all servers that the bot is in. */
export function channelOptions(context: OptionsContext) {
  return channelsOf(context, [CHANNEL_KINDS.text, CHANNEL_KINDS.announcement, CHANNEL_KINDS.forum])
}

/** Forums of all servers that the bot is in. */
export function forumOptions(context: OptionsContext) {
  return channelsOf(context, [CHANNEL_KINDS.forum])
}

const forum = z.object({ available_tags: named.default([]) })

/** Tags of the forum in the form. */
export const tagOptions = {
  dependsOn: ['channel'],
  load: async (context: OptionsContext) => {
    const url = `/channels/${encodeURIComponent(String(context.input['channel'] ?? ''))}`
    const { available_tags: tags } = await discord.call(context, { url, answer: forum })
    return tags.map(({ id, name }) => ({ value: id, label: name }))
  },
}

/** Categories of the server in the form. */
export const categoryOptions = {
  dependsOn: ['server'],
  load: async (context: OptionsContext) => {
    const url = `/guilds/${encodeURIComponent(String(context.input['server'] ?? ''))}/channels`
    const channels = await discord.call(context, { url, answer: z.array(channelSchema) })
    return channels
      .filter(({ type }) => type === CHANNEL_KINDS.category)
      .map(({ id, name }) => ({ value: id, label: name }))
  },
}

/** Roles of the server in the form. */
export const roleOptions = {
  dependsOn: ['server'],
  load: async (context: OptionsContext) => {
    const url = `/guilds/${encodeURIComponent(String(context.input['server'] ?? ''))}/roles`
    const roles = await discord.call(context, { url, answer: named })
    return roles.filter(({ name }) => name !== '@everyone').map(({ id, name }) => ({ value: id, label: name }))
  },
}
