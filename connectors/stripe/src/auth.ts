import { type AuthDefinition, type ConnectedAccount, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { stripe } from './stripe-api.js'

const answer = z.object({
  id: z.string(),
  email: z.string().nullish(),
  settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
})

async function account(context: ConnectionTestContext): Promise<ConnectedAccount> {
  const { id, email, settings } = await stripe.call(context, { url: '/v1/account', answer })
  return { id, label: settings?.dashboard?.display_name || email || id }
}

/** A secret or restricted key of an account. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'bearer',
    name: 'Secret or restricted key',
    help: 'In the Stripe Dashboard open Developers, API keys. Use a restricted key where you can; it must be allowed to read the account, and to do what your automations do. A key of test mode moves no money.',
    test: async (context) => {
      await account(context)
    },
    account,
  },
]
