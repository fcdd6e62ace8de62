import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { api } from './service.js'

/** An access token that people copy from Acme. */
export const auth: AuthDefinition = {
  kind: 'bearer',
  name: 'Access token',
  help: 'Acme shows it under Settings, API.',
  test: async (context) => void (await whoAmI(context)),
  account: (context) => whoAmI(context),
}

async function whoAmI(context: ConnectionTestContext) {
  const { id, name } = await api.call(context, { url: '/me', answer: z.object({ id: z.string(), name: z.string() }) })
  return { id, label: name }
}
