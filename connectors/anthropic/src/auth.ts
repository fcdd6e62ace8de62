import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { anthropic } from './anthropic-api.js'

/** An API key. */
export const auth: AuthDefinition = {
  kind: 'apiKey',
  help: 'Make a key under API keys in the Anthropic Console.',
  placement: { in: 'header', name: 'x-api-key' },
  test: async (context) => {
    await anthropic.call(context, { url: '/v1/models?limit=1', answer: z.object({ data: z.array(z.unknown()) }) })
  },
}
