import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { airtable } from './airtable-api.js'

const me = z.object({ id: z.string(), email: z.string().optional() })

const whoami = {
  test: async (context) => {
    await airtable.call(context, { url: '/v0/meta/whoami', answer: me })
  },
  account: async (context) => {
    const { id, email } = await airtable.call(context, { url: '/v0/meta/whoami', answer: me })
    return { id, label: email ?? id }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

/** Sign-in, or a personal access token. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with Airtable',
    authorizationUrl: 'https://airtable.com/oauth2/v1/authorize',
    tokenUrl: 'https://airtable.com/oauth2/v1/token',
    clientAuthentication: 'basic',
    scopes: [
      { scope: 'data.records:read', description: 'Read records' },
      { scope: 'data.records:write', description: 'Make, change and delete records' },
      { scope: 'schema.bases:read', description: 'See which bases, tables and fields there are' },
      { scope: 'webhook:manage', description: 'Hear at once what happens to records', optional: true },
      { scope: 'data.recordComments:read', description: 'Read comments', optional: true },
      { scope: 'data.recordComments:write', description: 'Comment on records', optional: true },
      { scope: 'user.email:read', description: 'See whose account it is', optional: true },
    ],
    ...whoami,
  },
  {
    kind: 'bearer',
    name: 'Personal access token',
    help: 'From airtable.com/create/tokens.',
    ...whoami,
  },
]
