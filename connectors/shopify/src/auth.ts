import {
  type AuthDefinition,
  type AuthValues,
  type ConnectionTestContext,
  type HttpRequest,
  z,
} from '@inlay/sdk/connector'
import { ask } from './shopify-api.js'

const fields = z.object({
  shop: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be the part before .myshopify.com')
    .meta({ title: 'Shop', description: 'The part before .myshopify.com.', examples: ['acme-store'] }),
  appSecret: z.string().optional().meta({
    title: 'Secret of the app',
    description: 'API secret key (client secret). Needed for the trigger "Shop event" only: Shopify signs with it.',
    format: 'password',
  }),
})

/** Where the shop of a connection is. */
export function shopUrl({ fields }: AuthValues): string {
  return `https://${String(fields['shop'] ?? '')}.myshopify.com`
}

const shopQuery = 'query Shop { shop { id name myshopifyDomain } }'
const shopData = z.object({ shop: z.object({ id: z.string(), name: z.string(), myshopifyDomain: z.string() }) })

const common = {
  fields,
  secretFields: ['appSecret'],
  sign: (request: HttpRequest, auth: AuthValues) => {
    const token = auth.kind === 'oauth2' ? auth.accessToken : auth.kind === 'bearer' ? auth.token : ''
    return { ...request, headers: { ...request.headers, 'x-shopify-access-token': token } }
  },
  test: async (context: ConnectionTestContext) => {
    await ask(context, { query: shopQuery, data: shopData })
  },
  account: async (context: ConnectionTestContext) => {
    const { shop } = await ask(context, { query: shopQuery, data: shopData })
    return { id: shop.myshopifyDomain, label: shop.name }
  },
}

/** Sign-in with an app of Shopify, or the token of a custom app. */
export const auth: readonly AuthDefinition[] = [
  {
    ...common,
    kind: 'oauth2',
    name: 'Sign in with Shopify',
    authorizationUrl: 'https://{shop}.myshopify.com/admin/oauth/authorize',
    tokenUrl: 'https://{shop}.myshopify.com/admin/oauth/access_token',
    // Shopify refuses public apps with tokens that never expire from 2027 on.
    tokenParams: { expiring: '1' },
    scopeSeparator: ',',
    pkce: false,
    scopes: [
      { scope: 'read_orders', description: 'See orders of the last 60 days' },
      { scope: 'write_orders', description: 'Change orders', optional: true },
      { scope: 'read_customers', description: 'See customers', optional: true },
      { scope: 'write_customers', description: 'Create and change customers', optional: true },
      { scope: 'read_products', description: 'See products', optional: true },
      { scope: 'write_products', description: 'Create and change products', optional: true },
      { scope: 'write_draft_orders', description: 'Create draft orders', optional: true },
      { scope: 'read_locations', description: 'See locations', optional: true },
      { scope: 'write_inventory', description: 'Change stock', optional: true },
      { scope: 'write_merchant_managed_fulfillment_orders', description: 'Fulfil orders', optional: true },
    ],
  },
  {
    ...common,
    kind: 'bearer',
    name: 'Access token of a custom app',
    help: 'Create a custom app for the shop, give it the Admin API scopes that your automations need, install it, and paste its Admin API access token.',
  },
]
