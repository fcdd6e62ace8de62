import {
  type AppDelivery,
  type AppEvents,
  clientSecretOf,
  clientSecretSettings,
  isHmacValid,
} from '@inlay/sdk/connector'
import { readDelivery, topicOf } from './shop-event.js'

/**
 * What Shopify sends to the one address of an app (subscriptions of the app's configuration), as
 * https://shopify.dev/docs/apps/build/webhooks/subscribe says.
 */
export const appEvents: AppEvents = {
  help: 'In shopify.app.toml subscribe under [[webhooks.subscriptions]] to the topics that workflows shall hear of, with this address as uri, and deploy the app. The secret is the client secret of the app; when accounts sign in with that app here, it is known already.',
  ...clientSecretSettings,
  verify,
  route: (request) => {
    const told = readDelivery(request)
    if (told === undefined) return []
    const { id, data } = told
    return [{ id, name: topicOf(data.topic), account: data.shop, data }]
  },
}

/** Shopify signs no time: what is delivered again is known by its event id. */
async function verify(delivery: AppDelivery): Promise<boolean> {
  const { request } = delivery
  const secret = await clientSecretOf(delivery)
  if (secret === undefined) return false
  const signature = request.headers['x-shopify-hmac-sha256']
  return isHmacValid({ secret, content: request.rawBody, signature, encoding: 'base64' })
}
