import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'
import { pagerduty } from './pagerduty-api.js'

const fields = z.object({
  region: z.enum(['us', 'eu']).default('us').meta({ title: 'Region of the account' }),
  from: z.email().optional().meta({
    title: 'E-mail of a user',
    format: 'email',
    description: 'In whose name incidents are changed; needed for keys of the whole account.',
  }),
})

/** A REST API key, or the integration key of one service. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'apiKey',
    name: 'REST API key',
    help: 'From Integrations, API Access Keys; or a user token from My Profile, User Settings.',
    placement: { in: 'header', name: 'authorization', prefix: 'Token token=' },
    fields,
    test: async (context) => {
      await pagerduty.call(context, { url: '/abilities', answer: z.object({ abilities: z.array(z.string()) }) })
    },
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
