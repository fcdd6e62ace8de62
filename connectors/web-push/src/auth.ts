import type { AuthDefinition } from '@inlay/sdk/connector'
import { vapidFields, vapidOf } from './vapid.js'

/** A pair of VAPID keys. */
export const auth: AuthDefinition = {
  id: 'vapid',
  kind: 'custom',
  name: 'VAPID keys',
  help: 'The pair of keys that your pages subscribe browsers with, for example from `npx web-push generate-vapid-keys`.',
  fields: vapidFields,
  secretFields: ['privateKey'],
  test: async (context) => {
    vapidOf(context.auth)
  },
  account: async (context) => {
    const { publicKey, subject } = vapidOf(context.auth)
    return { id: publicKey, label: subject.replace(/^mailto:/, '') }
  },
}
