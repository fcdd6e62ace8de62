import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'

const baseUrl = z.url({ protocol: /^https?$/ }).meta({
  title: 'Address of the service',
  format: 'uri',
  description: 'The credentials go there, and nowhere else.',
  examples: ['https://api.example.com'],
})

/** Without a connection there is no service: this name leads nowhere (RFC 2606). */
const NOWHERE = 'https://no-connection.invalid'

/** Where the service of a connection is. */
export function serviceOf({ fields }: AuthValues): string {
  const { baseUrl: address = NOWHERE } = fields
  return String(address)
}

/** How a service is connected, when a workflow does not hold the credentials itself. */
export const auth: readonly AuthDefinition[] = [
  { kind: 'bearer', name: 'Bearer token', fields: z.object({ baseUrl }) },
  { kind: 'basic', name: 'User name and password', fields: z.object({ baseUrl }) },
  {
    kind: 'apiKey',
    name: 'API key in a header',
    fields: z.object({
      baseUrl,
      header: z
        .string()
        .regex(/^[A-Za-z0-9-]{1,100}$/, 'must be the name of a header')
        .default('x-api-key')
        .meta({ title: 'Header' }),
    }),
    sign: (request, values) => {
      if (values.kind !== 'apiKey') return request
      const { header = 'x-api-key' } = values.fields
      return { ...request, headers: { ...request.headers, [String(header).toLowerCase()]: values.apiKey } }
    },
  },
]
