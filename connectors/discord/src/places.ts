import { type OptionsContext, z } from '@inlay/sdk/connector'
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

/** Text, announcement and forum channels. */
const CHANNEL_TYPES = new Set([0, 5, 15])

/** Channels of all servers that the bot is in. */
export async function channelOptions(context: OptionsContext) {
  const servers = await discord.call(context, { url: '/users/@me/guilds?limit=200', answer: named })
  const listed = await Promise.all(
    servers.map(async (server) => {
      const answer = z.array(z.object({ id: z.string(), name: z.string(), type: z.number() }))
      const channels = await discord.call(context, { url: `/guilds/${server.id}/channels`, answer })
      return channels
        .filter(({ type }) => CHANNEL_TYPES.has(type))
        .map(({ id, name }) => ({ value: id, label: `#${name}`, description: server.name }))
    }),
  )
  return listed.flat()
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
