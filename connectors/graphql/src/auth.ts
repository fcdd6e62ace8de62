import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'
import { runOperation } from './graphql-api.js'

const endpoint = z.url({ protocol: /^https?$/ }).meta({
  title: 'Address of the API',
  format: 'uri',
  examples: ['https://api.example.com/graphql'],
})

const test: AuthDefinition['test'] = async (context) => {
  await runOperation(context, { query: '{ __typename }' })
}

/** The API's address, and how it is signed in to. */
export const auth: readonly AuthDefinition[] = [
  { kind: 'bearer', name: 'Token', fields: z.object({ endpoint }), test },
  {
    kind: 'apiKey',
    name: 'Key in a header',
    fields: z.object({
      endpoint,
      header: z
        .string()
        .regex(/^[A-Za-z0-9-]+$/)
        .default('x-api-key')
        .meta({ title: 'Header' }),
    }),
    sign: (request, { fields, ...credentials }) => {
      const key = credentials.kind === 'apiKey' ? credentials.apiKey : ''
      return { ...request, headers: { ...request.headers, [String(fields['header'] ?? 'x-api-key')]: key } }
    },
    test,
  },
  { kind: 'basic', name: 'User name and password', fields: z.object({ endpoint }), test },
  {
    kind: 'custom',
    name: 'Public API',
    help: 'For APIs that anybody may call.',
    fields: z.object({ endpoint }),
    sign: (request) => request,
    test,
  },
]

/** The address of the API: it is all that a GraphQL API has. */
export function endpointOf({ fields }: AuthValues): string {
  return String(fields['endpoint'] ?? '').replace(/\/+$/, '')
}
