import type { ConnectorAuth } from '@inlay/sdk/connector'
import { z } from '@inlay/sdk/connector'
import { callSlack } from './slack-api.js'

/** A bot token, and for other installations of the API its address. */
export const auth: ConnectorAuth = {
  kind: 'bearer',
  help: 'Create a Slack app with the scopes chat:write and channels:read, install it, and paste its bot token (xoxb-…).',
  fields: z.object({
    apiUrl: z
      .string()
      .default('https://slack.com/api')
      .meta({ title: 'API address', format: 'uri', description: 'Only for Slack on GovSlack or behind a gateway.' }),
  }),
  test: async (context) => {
    await callSlack(context, 'auth.test', {})
  },
}
