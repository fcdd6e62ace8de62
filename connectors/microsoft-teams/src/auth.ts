import { type AuthDefinition, type AuthValues, z } from '@inlay/sdk/connector'
import { callGraph, GRAPH } from './graph-api.js'

const me = z.object({ id: z.string(), displayName: z.string().nullish(), userPrincipalName: z.string() })

/** Sign-in with Microsoft, or the address of a channel's webhook. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with Microsoft',
    fields: z.object({
      tenant: z
        .string()
        .regex(/^[a-zA-Z0-9][a-zA-Z0-9.-]*$/, 'must be an id or a domain, such as contoso.onmicrosoft.com')
        .default('common')
        .meta({ title: 'Organisation', description: 'Its id or domain; "common" for any.', examples: ['common'] }),
    }),
    authorizationUrl: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
    scopes: [
      { scope: 'offline_access', description: 'Stay connected while you are away' },
      { scope: 'User.Read', description: 'Read who you are' },
      { scope: 'Team.ReadBasic.All', description: 'Read the names of your teams' },
      { scope: 'Channel.ReadBasic.All', description: 'Read the names of channels' },
      { scope: 'ChannelMessage.Send', description: 'Send channel messages in your name' },
      { scope: 'Chat.ReadBasic', description: 'Read the names of your chats' },
      { scope: 'ChatMessage.Send', description: 'Send chat messages in your name' },
      {
        scope: 'ChannelMessage.Read.All',
        description: 'Read channel messages (an administrator agrees)',
        optional: true,
      },
      { scope: 'Chat.Create', description: 'Begin chats in your name', optional: true },
      { scope: 'Chat.Read', description: 'Read your chat messages', optional: true },
      { scope: 'Channel.Create', description: 'Create channels (an administrator agrees)', optional: true },
      { scope: 'Files.ReadWrite.All', description: 'Read and change files that you can', optional: true },
      { scope: 'OnlineMeetings.ReadWrite', description: 'Create meetings in your name', optional: true },
    ],
    test: async (context) => {
      await callGraph(context, { url: '/me', answer: me })
    },
    account: async (context) => {
      const { id, displayName, userPrincipalName } = await callGraph(context, { url: '/me', answer: me })
      return { id, label: displayName ? `${displayName} (${userPrincipalName})` : userPrincipalName }
    },
  },
  {
    id: 'webhook',
    kind: 'custom',
    name: 'Webhook of a channel',
    help: 'In Teams open Workflows of the channel, choose "Send webhook alerts to a channel", and copy the address.',
    fields: z.object({
      webhookUrl: z.url({ protocol: /^https$/ }).meta({
        title: 'Address of the webhook',
        format: 'password',
        description: 'Whoever has it can post to the channel.',
        examples: ['https://acme.webhook.office.com/webhookb2/1'],
      }),
    }),
    secretFields: ['webhookUrl'],
    // The address itself is the secret.
    sign: (request) => request,
  },
]

/** Graph, or where the webhook is. */
export function baseUrlOf({ fields: { webhookUrl } }: AuthValues): string {
  return typeof webhookUrl === 'string' && URL.canParse(webhookUrl) ? new URL(webhookUrl).origin : GRAPH
}
