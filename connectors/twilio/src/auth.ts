import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { accountPath, accountSidOf, twilio } from './twilio-api.js'

const account = z.object({ sid: z.string(), friendly_name: z.string() })

/** Account SID and auth token, or an API key. */
export const auth: readonly AuthDefinition[] = [
  {
    id: 'authToken',
    kind: 'basic',
    name: 'Account SID and auth token',
    help: 'Both are on the first page of the Twilio console. The user name is the account SID, the password is the auth token.',
    test: async (context) => {
      await twilio.call(context, { url: accountPath(context.auth, '.json'), answer: account })
    },
    account: async (context) => {
      const { sid, friendly_name } = await twilio.call(context, {
        url: accountPath(context.auth, '.json'),
        answer: account,
      })
      return { id: sid, label: friendly_name }
    },
  },
  {
    id: 'apiKey',
    kind: 'basic',
    name: 'API key',
    help: 'Make a standard key under Account, API keys and tokens. The user name is the SID of the key, the password is its secret.',
    fields: z.object({
      accountSid: z
        .string()
        .min(1)
        .meta({ title: 'Account SID', description: 'Of the account that the key belongs to. It begins with AC.' }),
      authToken: z.string().min(1).optional().meta({
        title: 'Auth token',
        format: 'password',
        description: 'Needed for "Message received" alone: Twilio signs what it sends with it.',
      }),
    }),
    secretFields: ['authToken'],
    // Standard keys may not read the account itself, but they may read its messages.
    test: async (context) => {
      const url = accountPath(context.auth, '/Messages.json')
      await twilio.call(context, { url, query: { PageSize: 1 }, answer: z.object({ messages: z.array(z.unknown()) }) })
    },
    account: async ({ auth: values }) => ({ id: accountSidOf(values), label: accountSidOf(values) }),
  },
]
