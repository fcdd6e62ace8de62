import { UserError } from '@inlay/engine'

export function webhookEndpointNotFound(id: string): UserError {
  return new UserError('not_found', 'webhook_endpoint.not_found', `There is no webhook endpoint ${id}.`, {
    detail: 'It was deleted, or it is a listener that nobody has listened to for ten minutes.',
  })
}

export function webhookDeliveryNotFound(id: string): UserError {
  return new UserError('not_found', 'webhook_delivery.not_found', `There is no delivery ${id} of this endpoint.`, {
    detail: 'Deliveries are kept for 30 days.',
  })
}

export function webhookUrlNotUsable(url: string): UserError {
  const title = `"${url.slice(0, 200)}" cannot be the address of an endpoint.`
  return new UserError('invalid', 'webhook_endpoint.url', title, {
    detail: 'It begins with https:// and holds neither user name nor password. A listener has none.',
  })
}

export function tooManyWebhookEndpoints(most: number): UserError {
  return new UserError('conflict', 'webhook_endpoint.too_many', `There are ${most} webhook endpoints already.`, {
    detail: 'Delete one that is not needed any more.',
  })
}

export function webhookEndpointDisabled(id: string): UserError {
  return new UserError('conflict', 'webhook_endpoint.disabled', `The webhook endpoint ${id} is switched off.`, {
    detail: 'Switch it on first.',
  })
}

export function notAListener(id: string): UserError {
  return new UserError('conflict', 'webhook_endpoint.not_listener', `The webhook endpoint ${id} is no listener.`, {
    detail: 'Its deliveries are sent to its address. Make an endpoint of kind "listener" to fetch them.',
  })
}
