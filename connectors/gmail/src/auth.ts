import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'

/** The one scope for all that is done here; it does not let anything be deleted for good. */
export const MODIFY_SCOPE = 'https://www.googleapis.com/auth/gmail.modify'

/** Sign-in with Google. */
export const auth: AuthDefinition = {
  kind: 'oauth2',
  name: 'Sign in with Google',
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  revocationUrl: 'https://oauth2.googleapis.com/revoke',
  // Google gives a refresh token only when it is asked for one, and again only when people consent again.
  authorizationParams: { access_type: 'offline', prompt: 'consent' },
  scopes: [{ scope: MODIFY_SCOPE, description: 'Read, write, send and label your messages' }],
  test: async (context) => void (await profile(context)),
  account: async (context) => {
    const { emailAddress } = await profile(context)
    return { id: emailAddress, label: emailAddress }
  },
}

function profile(context: ConnectionTestContext) {
  return google.call(context, { url: '/gmail/v1/users/me/profile', answer: z.object({ emailAddress: z.string() }) })
}
