import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { intercom } from './intercom-api.js'

const me = z.object({ app: z.object({ id_code: z.string(), name: z.string().nullish() }) })

/** The workspace, by the id that Intercom's webhooks name too. */
async function account(context: ConnectionTestContext) {
  const { app } = await intercom.call(context, { url: '/me', answer: me })
  return { id: app.id_code, label: app.name ?? app.id_code }
}

const common = {
  fields: z.object({
    region: z
      .enum(['us', 'eu', 'au'])
      .default('us')
      .meta({ title: 'Region', description: 'Where Intercom keeps the data of the workspace.' }),
  }),
  account,
  test: async (context: ConnectionTestContext) => {
    await account(context)
  },
}

/** Sign-in with an app of the Developer Hub, or an access token. */
export const auth: readonly AuthDefinition[] = [
  {
    ...common,
    kind: 'oauth2',
    name: 'Sign in with Intercom',
    help: 'What the app may do is set in the Developer Hub, under Authentication.',
    authorizationUrl: 'https://app.intercom.com/oauth',
    tokenUrl: 'https://api.intercom.io/auth/eagle/token',
    // Intercom documents no PKCE; the secret of the app proves who asks.
    pkce: false,
    // Permissions belong to the app: Intercom's sign-in takes no scopes.
    scopes: [],
  },
  {
    ...common,
    kind: 'bearer',
    name: 'Access token',
    help: 'Make an app in the Developer Hub of your workspace, and copy its access token from Authentication.',
  },
]
