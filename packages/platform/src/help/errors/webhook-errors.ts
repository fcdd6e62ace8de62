import type { ErrorArea } from './error-help.js'

/** Of webhooks that tell a tenant's backend what happened. */
export const WEBHOOK_ERRORS = {
  'webhook_endpoint.not_found': {
    status: [404],
    what: 'There is no such webhook endpoint.',
    why: 'It was deleted, the id is another tenant’s, or it is a listener that nobody has listened to for ten minutes.',
    fix: 'List your endpoints. A listener that has ended is started again with `listen`.',
  },
  'webhook_endpoint.url': {
    status: [400],
    what: 'This cannot be the address of a webhook endpoint.',
    why: 'It has to begin with https:// and holds neither user name nor password; a listener has no address.',
    fix: 'Send the address under which your backend takes webhooks. For your own machine, use `listen`.',
  },
  'webhook_endpoint.too_many': {
    status: [409],
    what: 'There are as many webhook endpoints as there can be.',
    why: 'Each one gets a delivery for every event; 20 are possible, listeners among them.',
    fix: 'Delete one that is not needed any more.',
  },
  'webhook_endpoint.disabled': {
    status: [409],
    what: 'The webhook endpoint is switched off.',
    why: 'Somebody switched it off, it answered 410, or every attempt of five days has failed.',
    fix: 'Mend what was wrong, switch it on, and try again.',
  },
  'webhook_endpoint.not_listener': {
    status: [409],
    what: 'The deliveries of this webhook endpoint cannot be fetched.',
    why: 'It has an address, and they are sent there.',
    fix: 'Make an endpoint of kind `listener`, or use `listen`.',
  },
  'webhook_delivery.not_found': {
    status: [404],
    what: 'There is no such delivery of this webhook endpoint.',
    why: 'Deliveries are kept for 30 days; the id may be another endpoint’s.',
    fix: 'List the deliveries of the endpoint.',
  },
} as const satisfies ErrorArea
