import { type AuthDefinition, type ConnectedAccount, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { read } from './slack.js'

const whoAmI = z.object({ team_id: z.string(), team: z.string() })

async function account(context: ConnectionTestContext): Promise<ConnectedAccount> {
  const { team_id, team } = await read(context, { method: 'auth.test', arguments: {}, answer: whoAmI })
  return { id: team_id, label: team }
}

async function test(context: ConnectionTestContext): Promise<void> {
  await account(context)
}

/** Signs in with Slack, as the bot of an app. */
const signIn: AuthDefinition = {
  kind: 'oauth2',
  name: 'Sign in with Slack',
  authorizationUrl: 'https://slack.com/oauth/v2/authorize',
  tokenUrl: 'https://slack.com/api/oauth.v2.access',
  revocationUrl: 'https://slack.com/api/auth.revoke',
  scopeSeparator: ',',
  // Slack takes it from apps only that were switched to PKCE for good, and such apps lose their secret.
  pkce: false,
  scopes: [
    { scope: 'chat:write', description: 'Post messages as the app' },
    { scope: 'channels:read', description: 'See the public channels' },
    { scope: 'groups:read', description: 'See the private channels that the app is in', optional: true },
    { scope: 'channels:manage', description: 'Create and change public channels', optional: true },
    { scope: 'groups:write', description: 'Create and change private channels', optional: true },
    { scope: 'im:write', description: 'Begin direct messages', optional: true },
    { scope: 'users:read', description: 'See the people of the workspace', optional: true },
    { scope: 'users:read.email', description: "See people's e-mail addresses", optional: true },
    { scope: 'files:write', description: 'Upload files', optional: true },
    { scope: 'reactions:write', description: 'Add reactions', optional: true },
    { scope: 'reactions:read', description: 'See reactions', optional: true },
    { scope: 'channels:history', description: 'Read messages in public channels that the app is in', optional: true },
    { scope: 'groups:history', description: 'Read messages in private channels that the app is in', optional: true },
    { scope: 'app_mentions:read', description: 'Read messages that mention the app', optional: true },
  ],
  test,
  account,
}

/** The bot token of an app that was installed by hand. */
const botToken: AuthDefinition = {
  kind: 'bearer',
  name: 'Bot token',
  help: 'Create a Slack app with the scopes chat:write and channels:read (groups:read for private channels), install it, and paste its bot token (xoxb-…).',
  test,
  account,
}

/** How a workspace is connected. */
export const auth = [signIn, botToken] as const
