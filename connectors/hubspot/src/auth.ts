import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { hubspot } from './hubspot-api.js'

const details = z.object({ portalId: z.number(), uiDomain: z.string().nullish() })

/** Both ways to connect tell the account by its id, which HubSpot's webhooks name too. */
const whoami = {
  test: async (context) => {
    await hubspot.call(context, { url: '/account-info/v3/details', answer: details })
  },
  account: async (context) => {
    const { portalId, uiDomain } = await hubspot.call(context, { url: '/account-info/v3/details', answer: details })
    return { id: String(portalId), label: `${uiDomain ?? 'HubSpot'} ${portalId}` }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

/**
 * Sign-in with a public app, or the token of a private app. Version 1 of the OAuth API ends in February 2027:
 * https://developers.hubspot.com/changelog/v1-oauth-api-deprecation
 */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with HubSpot',
    authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: 'https://api.hubapi.com/oauth/2026-03/token',
    revocationUrl: 'https://api.hubapi.com/oauth/2026-03/token/revoke',
    // HubSpot documents no PKCE; the secret of the app proves who asks.
    pkce: false,
    scopes: [
      { scope: 'oauth', description: 'Sign in' },
      { scope: 'crm.objects.contacts.read', description: 'Read contacts and their properties' },
      { scope: 'crm.objects.contacts.write', description: 'Create, change and archive contacts' },
      { scope: 'crm.objects.companies.read', description: 'Read companies and their properties' },
      { scope: 'crm.objects.companies.write', description: 'Create, change and archive companies' },
      { scope: 'crm.objects.deals.read', description: 'Read deals, pipelines and their properties' },
      { scope: 'crm.objects.deals.write', description: 'Create, change and archive deals' },
      { scope: 'crm.objects.owners.read', description: 'Read who owns records' },
      { scope: 'tickets', description: 'Read, create, change and archive tickets' },
      { scope: 'crm.lists.read', description: 'Read the names of lists', optional: true },
      { scope: 'crm.lists.write', description: 'Put records on lists and take them off', optional: true },
      { scope: 'crm.schemas.custom.read', description: 'Read which custom objects there are', optional: true },
      { scope: 'crm.objects.custom.read', description: 'Read records of custom objects', optional: true },
      { scope: 'crm.objects.custom.write', description: 'Create and change records of custom objects', optional: true },
    ],
    ...whoami,
  },
  {
    kind: 'bearer',
    name: 'Private app token',
    help: 'Make a private app under Settings, Integrations, Private apps, with the CRM scopes of what you want to automate, and copy its access token.',
    ...whoami,
  },
]
