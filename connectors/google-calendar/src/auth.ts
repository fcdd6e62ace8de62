import { type AuthDefinition, type ConnectionTestContext, serviceAccountAuth, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'
import { SCOPES } from './scopes.js'

const TOKEN_URL = 'https://oauth2.googleapis.com/token'

/** How both ways to connect find out whose credentials they are; it fails for wrong ones. */
const whoami = {
  test: async (context) => void (await primaryCalendar(context)),
  account: async (context) => {
    const { id } = await primaryCalendar(context)
    return { id, label: id }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

/** The account's own calendar has the account's address for its id. */
function primaryCalendar(context: ConnectionTestContext) {
  return google.call(context, { url: '/calendar/v3/calendars/primary', answer: z.object({ id: z.string() }) })
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
    help: 'In the Google Cloud console create a service account and a JSON key for it. Share calendars with its address; to invite guests, let it act for a person of your organisation.',
    ...whoami,
  }),
]
