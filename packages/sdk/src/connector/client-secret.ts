import type { AppDelivery } from '@inlay/engine'
import { z } from 'zod'

/** What app webhooks are set up with that are signed by the client secret of the app: nothing, when accounts sign in with it. */
export const clientSecretSettings = {
  settings: z.object({
    clientSecret: z.string().min(1).optional().meta({
      title: 'Client secret',
      description: 'Only when it is not that of the app by which accounts sign in.',
      format: 'password',
    }),
  }),
  secretSettings: ['clientSecret'],
}

/** The client secret that deliveries are signed with; undefined when it is neither set up nor known by an OAuth app. */
export async function clientSecretOf({ settings, oauthApp }: AppDelivery) {
  const { clientSecret } = settings
  return typeof clientSecret === 'string' ? clientSecret : (await oauthApp())?.clientSecret
}
