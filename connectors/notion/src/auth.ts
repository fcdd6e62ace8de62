import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { notion } from './notion-api.js'

const me = z.object({
  id: z.string(),
  name: z.string().nullish(),
  bot: z.object({ workspace_id: z.string().nullish(), workspace_name: z.string().nullish() }).optional(),
})

function readMe(context: ConnectionTestContext) {
  return notion.call(context, { url: '/v1/users/me', answer: me })
}

const whoami = {
  test: async (context) => {
    await readMe(context)
  },
  account: async (context) => {
    const { id, name, bot } = await readMe(context)
    return { id: bot?.workspace_id ?? id, label: bot?.workspace_name ?? name ?? id }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

/** Sign-in with a public connection, or the token of an internal one. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with Notion',
    help: 'While signing in, choose the pages and databases that automations may reach.',
    authorizationUrl: 'https://api.notion.com/v1/oauth/authorize',
    tokenUrl: 'https://api.notion.com/v1/oauth/token',
    revocationUrl: 'https://api.notion.com/v1/oauth/revoke',
    clientAuthentication: 'basic',
    authorizationParams: { owner: 'user' },
    // What a connection may do is set where it is registered, not asked for by scopes; PKCE is not documented.
    scopes: [],
    pkce: false,
    ...whoami,
  },
  {
    kind: 'bearer',
    name: 'Internal integration token',
    help: 'Make an internal integration at notion.so/profile/integrations and copy its secret. Then open each page or database that it shall reach: "…", Connections, and add it.',
    ...whoami,
  },
]
