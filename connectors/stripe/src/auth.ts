import {
  type AuthDefinition,
  type ConnectedAccount,
  type ConnectionTestContext,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { stripe } from './stripe-api.js'

const answer = z.object({
  id: z.string(),
  email: z.string().nullish(),
  settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
})

/** Of a key that may do nothing else: Stripe names the account in its refusal. */
const NAMED = /acct_\w+/

async function account(context: ConnectionTestContext): Promise<ConnectedAccount> {
  try {
    const { id, email, settings } = await stripe.call(context, { url: '/v1/account', answer })
    return { id, label: settings?.dashboard?.display_name || email || id }
  } catch (error) {
    // A restricted key that may not read the account is a key of it all the same.
    if (!(error instanceof StepError) || error.kind !== 'authorization') throw error
    const id = NAMED.exec(error.detail ?? '')?.[0] ?? 'restricted'
    return { id, label: id === 'restricted' ? 'Restricted key' : `Restricted key of ${id}` }
  }
}

/** A secret or restricted key of an account. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'bearer',
    name: 'Secret or restricted key',
    help: 'In the Stripe Dashboard open Developers, API keys. Use a restricted key where you can; it must be allowed to do what your automations do. A key of test mode moves no money.',
    test: async (context) => {
      await account(context)
    },
    account,
  },
]
