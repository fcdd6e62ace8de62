import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { amqpOf, endpointOf, virtualHostOf } from './addresses.js'
import { withBroker } from './amqp/broker.js'
import { rabbitmq } from './rabbitmq-api.js'

const me = z.object({ name: z.string() })

/** A user of RabbitMQ, with the addresses of AMQP and of the management plugin. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'basic',
    name: 'User name and password',
    help: 'The user needs the tag "management", and permissions in the virtual host. Give the address of AMQP too where it can be reached.',
    fields: z.object({
      endpoint: z.url({ protocol: /^https?$/ }).meta({
        title: 'Address of the management plugin',
        format: 'uri',
        examples: ['https://rabbit.example.com:15671'],
      }),
      amqp: z
        .url({ protocol: /^amqps?$/ })
        .optional()
        .meta({
          title: 'Address of AMQP',
          description: 'Needed so that "New message" loses none.',
          format: 'uri',
          examples: ['amqps://rabbit.example.com:5671'],
        }),
      virtualHost: z.string().min(1).default('/').meta({ title: 'Virtual host' }),
      ca: z.string().optional().meta({
        title: 'CA certificate for AMQP',
        format: 'multiline',
        description: 'PEM; only for servers whose certificate is of a CA of your own.',
      }),
    }),
    test: assertConnected,
    account: async (context) => {
      const { name } = await rabbitmq.call(context, { url: '/api/whoami', answer: me })
      const { host } = new URL(endpointOf(context.auth))
      return { id: `${name}@${host}${virtualHostOf(context.auth)}`, label: `${name} at ${host}` }
    },
  },
]

async function assertConnected(context: ConnectionTestContext): Promise<void> {
  await rabbitmq.call(context, { url: '/api/whoami', answer: me })
  if (amqpOf(context.auth) !== undefined) await withBroker(context, async () => {})
}
