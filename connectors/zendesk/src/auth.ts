import { type AuthDefinition, type ConnectionTestContext, StepError, z } from '@inlay/sdk/connector'
import { accountUrl, zendesk } from './zendesk-api.js'

const me = z.object({ user: z.object({ id: z.number().nullable(), name: z.string(), email: z.string().nullish() }) })

async function account(context: ConnectionTestContext) {
  const { user } = await zendesk.call(context, { url: '/api/v2/users/me', answer: me })
  // Zendesk answers wrong credentials here with an anonymous person instead of a refusal.
  if (user.id === null) throw new StepError('authentication', 'Zendesk does not know these credentials')
  return { id: new URL(accountUrl(context.auth)).host, label: user.email ?? user.name }
}

const common = {
  fields: z.object({
    subdomain: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be the part before .zendesk.com')
      .meta({ title: 'Subdomain', description: 'The part before .zendesk.com.', examples: ['acme'] }),
  }),
  account,
  test: async (context: ConnectionTestContext) => {
    await account(context)
  },
}

/** Sign-in with an OAuth client, or an API token. */
export const auth: readonly AuthDefinition[] = [
  {
    ...common,
    kind: 'oauth2',
    name: 'Sign in with Zendesk',
    authorizationUrl: 'https://{subdomain}.zendesk.com/oauth/authorizations/new',
    tokenUrl: 'https://{subdomain}.zendesk.com/oauth/tokens',
    scopes: [
      { scope: 'read', description: 'See tickets and people' },
      { scope: 'write', description: 'Create and change tickets and people' },
    ],
  },
  {
    ...common,
    kind: 'basic',
    name: 'E-mail address and API token',
    help: 'User name is your e-mail address, password an API token of the Admin Center (Apps and integrations, APIs).',
    sign: (request, values) => {
      const { username, password } = values.kind === 'basic' ? values : { username: '', password: '' }
      const credentials = Buffer.from(`${username}/token:${password}`).toString('base64')
      return { ...request, headers: { ...request.headers, authorization: `Basic ${credentials}` } }
    },
  },
]
