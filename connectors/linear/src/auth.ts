import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { ask } from './linear-api.js'

const answer = z.object({
  viewer: z.object({ id: z.string(), name: z.string() }),
  organization: z.object({ id: z.string(), name: z.string() }),
})

function readMe(context: ConnectionTestContext) {
  return ask(context, { query: '{ viewer { id name } organization { id name } }', answer })
}

const whoami = {
  test: async (context) => {
    await readMe(context)
  },
  account: async (context) => {
    const { viewer, organization } = await readMe(context)
    return { id: organization.id, label: `${organization.name} (${viewer.name})` }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

/** Sign-in with an OAuth application, or a personal API key. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with Linear',
    authorizationUrl: 'https://linear.app/oauth/authorize',
    tokenUrl: 'https://api.linear.app/oauth/token',
    revocationUrl: 'https://api.linear.app/oauth/revoke',
    scopeSeparator: ',',
    authorizationParams: { prompt: 'consent' },
    scopes: [
      { scope: 'read', description: 'Read issues, comments, projects and teams' },
      { scope: 'write', description: 'Make and change issues, comments and projects' },
      { scope: 'admin', description: 'Set up webhooks, which only admins may', optional: true },
    ],
    ...whoami,
  },
  {
    kind: 'apiKey',
    name: 'Personal API key',
    help: 'From Settings, Security & access, Personal API keys. Webhooks need the key of an admin.',
    // Without "Bearer", which is for OAuth alone.
    placement: { in: 'header', name: 'authorization' },
    ...whoami,
  },
]
