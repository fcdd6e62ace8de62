import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'
import { modelList, openai } from './openai-api.js'

/** An API key, and the address of the service that it is for. */
export const auth: AuthDefinition = {
  kind: 'bearer',
  name: 'API key',
  help: 'Make a key under API keys in the settings of your project. For another service, give its address too.',
  fields: z.object({
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .default('https://api.openai.com/v1')
      .meta({ title: 'Address of the API', format: 'uri' }),
    organization: z.string().optional().meta({ title: 'Organization', description: 'Its id, when you have several.' }),
    project: z.string().optional().meta({ title: 'Project', description: 'Its id, when you have several.' }),
  }),
  sign: (request, { fields, ...credentials }) => {
    const { organization, project } = fields
    const token = credentials.kind === 'bearer' ? credentials.token : ''
    return {
      ...request,
      headers: {
        ...request.headers,
        authorization: `Bearer ${token}`,
        ...(organization ? { 'openai-organization': String(organization) } : {}),
        ...(project ? { 'openai-project': String(project) } : {}),
      },
    }
  },
  test: async (context) => {
    await openai.call(context, { url: '/models', answer: modelList })
  },
}

/** Where the API of a connection is. */
export function baseUrlOf({ fields }: AuthValues): string {
  return String(fields['baseUrl'] ?? 'https://api.openai.com/v1').replace(/\/+$/, '')
}
