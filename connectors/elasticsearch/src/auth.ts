import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'
import { elasticsearch } from './elasticsearch-api.js'

const fields = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).meta({
    title: 'Address of the cluster',
    format: 'uri',
    examples: ['https://search.example.com:9200'],
  }),
})

const cluster = z.object({ cluster_name: z.string(), cluster_uuid: z.string() })

/** How all ways to connect find out what is connected; it fails for wrong credentials. */
const whoami = {
  fields,
  test: async (context) => {
    await elasticsearch.call(context, { url: '/', answer: cluster })
  },
  account: async (context) => {
    const { cluster_name: name, cluster_uuid: id } = await elasticsearch.call(context, { url: '/', answer: cluster })
    return { id, label: name }
  },
} satisfies Partial<AuthDefinition>

/** An API key, a user, or a token; each with the address of the cluster. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'apiKey',
    name: 'API key',
    help: 'Make a key in Kibana under Stack Management, Security, API keys, and copy its "encoded" form. It needs "monitor" of the cluster, and the privileges on indices that automations use.',
    placement: { in: 'header', name: 'authorization', prefix: 'ApiKey ' },
    ...whoami,
  },
  { kind: 'basic', name: 'User name and password', ...whoami },
  { kind: 'bearer', name: 'Token', help: 'A token of a service account, or of single sign-on.', ...whoami },
]

/** The address of the cluster, which may have a path. */
export function endpointOf({ fields: values }: AuthValues): string {
  return String(values['endpoint'] ?? '').replace(/\/+$/, '')
}
