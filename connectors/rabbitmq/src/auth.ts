import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'
import { rabbitmq } from './rabbitmq-api.js'

const me = z.object({ name: z.string() })

/** A user of RabbitMQ, with the address of the management plugin. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'basic',
    name: 'User name and password',
    help: 'The user needs the tag "management", and permissions in the virtual host.',
    fields: z.object({
      endpoint: z.url({ protocol: /^https?$/ }).meta({
        title: 'Address of the management plugin',
        format: 'uri',
        examples: ['https://rabbit.example.com:15671'],
      }),
      virtualHost: z.string().min(1).default('/').meta({ title: 'Virtual host' }),
    }),
    test: async (context) => {
      await rabbitmq.call(context, { url: '/api/whoami', answer: me })
    },
    account: async (context) => {
      const { name } = await rabbitmq.call(context, { url: '/api/whoami', answer: me })
      const { host } = new URL(endpointOf(context.auth))
      return { id: `${name}@${host}${virtualHostOf(context.auth)}`, label: `${name} at ${host}` }
    },
  },
]

/** The address of the management plugin. */
export function endpointOf({ fields }: AuthValues): string {
  return String(fields['endpoint'] ?? '').replace(/\/+$/, '')
}

/** The virtual host of the connection. */
export function virtualHostOf({ fields }: AuthValues): string {
  return String(fields['virtualHost'] ?? '/')
}
