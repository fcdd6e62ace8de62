import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { discord } from './discord-api.js'

const me = z.object({ id: z.string(), username: z.string() })

/** The token of a bot. */
export const auth: AuthDefinition = {
  kind: 'apiKey',
  name: 'Bot token',
  help: 'From the page "Bot" of your application at discord.com/developers.',
  placement: { in: 'header', name: 'authorization', prefix: 'Bot ' },
  test: async (context) => {
    await discord.call(context, { url: '/users/@me', answer: me })
  },
  account: async (context) => {
    const { id, username } = await discord.call(context, { url: '/users/@me', answer: me })
    return { id, label: username }
  },
}
