import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'
import { sendgrid } from './sendgrid-api.js'

/** An API key, of the global service or that of the European Union. */
export const auth: AuthDefinition = {
  kind: 'bearer',
  name: 'API key',
  help: 'From Settings, API Keys.',
  fields: z.object({
    region: z.enum(['global', 'eu']).default('global').meta({ title: 'Region of the account' }),
  }),
  test: async (context) => {
    await sendgrid.call(context, { url: '/v3/scopes', answer: z.object({ scopes: z.array(z.string()) }) })
  },
}

/** Accounts of the European Union are kept apart. */
export function baseUrlOf({ fields }: AuthValues): string {
  return fields['region'] === 'eu' ? 'https://api.eu.sendgrid.com' : 'https://api.sendgrid.com'
}
