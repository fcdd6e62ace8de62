import { type ConnectorAuth, z } from '@inlay/sdk/connector'
import type { SlackApi } from './slack-api.js'

/** A bot token. */
export function auth(slack: SlackApi): ConnectorAuth {
  return {
    kind: 'bearer',
    help: 'Create a Slack app with the scopes chat:write and channels:read (groups:read for private channels), install it, and paste its bot token (xoxb-…).',
    test: async (context) => {
      await slack.read(context, { method: 'auth.test', arguments: {}, answer: z.object({}) })
    },
  }
}
