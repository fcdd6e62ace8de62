import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { acme } from './acme.js'

/** Where people sign in. */
export interface SignInAddresses {
  readonly authorizationUrl: string
  readonly tokenUrl: string
}

/** Signs in with Acme: authorization code with PKCE, which is what `oauth2` does unless told otherwise. */
export function signIn({ authorizationUrl, tokenUrl }: SignInAddresses): AuthDefinition {
  return {
    kind: 'oauth2',
    name: 'Sign in with Acme',
    authorizationUrl,
    tokenUrl,
    scopes: [
      { scope: 'orders.read', description: 'See orders and customers' },
      { scope: 'orders.write', description: 'Create orders' },
      { scope: 'hooks', description: 'Be told when something happens' },
    ],
    test: async (context) => void (await whoAmI(context)),
    account: async (context) => {
      const { company } = await whoAmI(context)
      return { id: company.id, label: company.name }
    },
  }
}

function whoAmI(context: ConnectionTestContext) {
  const company = z.object({ id: z.string(), name: z.string() })
  return acme.call(context, { url: '/me', answer: z.object({ company }) })
}
