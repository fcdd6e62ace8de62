import { type AuthDefinition, type AuthValues, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { pagerduty } from './pagerduty-api.js'

const fields = z.object({
  region: z.enum(['us', 'eu']).default('us').meta({ title: 'Region of the account' }),
  from: z.email().optional().meta({
    title: 'E-mail of a user',
    format: 'email',
    description: 'In whose name incidents are changed; needed for keys of the whole account.',
  }),
})

const abilities = {
  test: async (context: ConnectionTestContext) => {
    await pagerduty.call(context, { url: '/abilities', answer: z.object({ abilities: z.array(z.string()) }) })
  },
}

/** Sign-in, a REST API key, or the integration key of one service. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'apiKey',
    name: 'REST API key',
    help: 'From Integrations, API Access Keys; or a user token from My Profile, User Settings.',
    placement: { in: 'header', name: 'authorization', prefix: 'Token token=' },
    fields,
    ...abilities,
  },
  {
    kind: 'oauth2',
    name: 'Sign in with PagerDuty',
    authorizationUrl: 'https://identity.pagerduty.com/oauth/authorize',
    tokenUrl: 'https://identity.pagerduty.com/oauth/token',
    scopes: [
      { scope: 'openid', description: 'Know who you are' },
      { scope: 'abilities.read', description: 'See what the account can do' },
      { scope: 'incidents.read', description: 'See incidents' },
      { scope: 'incidents.write', description: 'Raise and change incidents' },
      { scope: 'services.read', description: 'See services' },
      { scope: 'escalation_policies.read', description: 'See escalation policies' },
      { scope: 'users.read', description: 'See people' },
      { scope: 'priorities.read', description: 'See priorities', optional: true },
      { scope: 'oncalls.read', description: 'See who is on call', optional: true },
      { scope: 'webhook_subscriptions.read', description: 'See webhooks', optional: true },
      { scope: 'webhook_subscriptions.write', description: 'Make webhooks', optional: true },
    ],
    fields: z.object({ region: fields.shape.region }),
    ...abilities,
  },
  {
    kind: 'custom',
    id: 'integration',
    name: 'Integration key of a service',
    help: 'From the page "Integrations" of a service: Events API v2. It can raise and resolve alerts, and nothing else.',
    fields: z.object({
      region: fields.shape.region,
      integrationKey: z.string().min(1).meta({ title: 'Integration key', format: 'password' }),
    }),
    secretFields: ['integrationKey'],
    // The key is part of the body of an event, and of nothing else.
    sign: (request) => request,
  },
]

/** The REST API of the account's region. */
export function baseUrlOf({ fields: { region } }: AuthValues): string {
  return region === 'eu' ? 'https://api.eu.pagerduty.com' : 'https://api.pagerduty.com'
}

/** The header in whose name incidents are changed. */
export function fromHeader({ fields: { from } }: AuthValues): Record<string, string> {
  return typeof from === 'string' && from !== '' ? { from } : {}
}
