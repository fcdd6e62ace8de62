import { type AuthDefinition, type ConnectionTestContext, serviceAccountAuth, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'
import { SCOPES } from './scopes.js'

const TOKEN_URL = 'https://oauth2.googleapis.com/token'

/** How both ways to connect find out whose credentials they are; it fails for wrong ones. */
const whoami = {
  test: async (context) => void (await about(context)),
  account: async (context) => {
    const { emailAddress, displayName } = await about(context)
    return { id: emailAddress, label: displayName ? `${displayName} (${emailAddress})` : emailAddress }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

async function about(context: ConnectionTestContext) {
  const answer = z.object({ user: z.object({ emailAddress: z.string(), displayName: z.string().optional() }) })
  const url = '/drive/v3/about'
  return (await google.call(context, { url, query: { fields: 'user(emailAddress,displayName)' }, answer })).user
}

/** Sign-in with Google, or a service account. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with Google',
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: TOKEN_URL,
    revocationUrl: 'https://oauth2.googleapis.com/revoke',
    // Google gives a refresh token only when it is asked for one, and again only when people consent again.
    authorizationParams: { access_type: 'offline', prompt: 'consent' },
    scopes: SCOPES,
    ...whoami,
  },
  serviceAccountAuth({
    service: 'Google',
    tokenUrl: TOKEN_URL,
    scopes: SCOPES.map(({ scope }) => scope),
    help: 'In the Google Cloud console create a service account and a JSON key for it. Share folders with its address, or let it act for people of your organisation.',
    ...whoami,
  }),
]
