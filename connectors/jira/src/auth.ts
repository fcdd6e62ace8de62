import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { jira, siteOf } from './jira-api.js'

const me = z.object({ accountId: z.string(), displayName: z.string() })

function readMe(context: ConnectionTestContext) {
  return jira.call(context, { url: '/rest/api/3/myself', answer: me })
}

const whoami = {
  test: async (context) => {
    await readMe(context)
  },
  account: async (context) => {
    const { accountId, displayName } = await readMe(context)
    const { host } = new URL((await siteOf(context)).url)
    return { id: `${accountId}@${host}`, label: `${displayName} (${host})` }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

const site = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a host name, such as acme.atlassian.net')
  .meta({ title: 'Site', description: 'The host name in the browser.', examples: ['acme.atlassian.net'] })

/** Sign-in (OAuth 2, 3LO), or an e-mail address with an API token. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with Atlassian',
    authorizationUrl: 'https://auth.atlassian.com/authorize',
    tokenUrl: 'https://auth.atlassian.com/oauth/token',
    authorizationParams: { audience: 'api.atlassian.com', prompt: 'consent' },
    // Atlassian does not document PKCE for apps with a secret.
    pkce: false,
    scopes: [
      { scope: 'read:jira-work', description: 'Read projects, issues, comments and attachments' },
      { scope: 'write:jira-work', description: 'Make and change issues, comments and attachments' },
      { scope: 'read:jira-user', description: 'See who the users are' },
      { scope: 'offline_access', description: 'Stay connected while you are away' },
    ],
    fields: z.object({
      site: site.optional().meta({
        title: 'Site',
        description: 'Needed when the sign-in reaches several sites: the host name in the browser.',
        examples: ['acme.atlassian.net'],
      }),
    }),
    ...whoami,
  },
  {
    kind: 'basic',
    name: 'E-mail and API token',
    help: 'User name: the e-mail address of the account. Password: an API token from id.atlassian.com, Security, API tokens (without scopes).',
    fields: z.object({ site }),
    ...whoami,
  },
]
