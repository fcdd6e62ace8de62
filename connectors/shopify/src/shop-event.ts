import { type IncomingRequest, jsonObject, z } from '@inlay/sdk/connector'

/** What a shop tells of, as Shopify's enum of topics names it. */
export const TOPICS = [
  'ORDERS_CREATE',
  'ORDERS_PAID',
  'ORDERS_UPDATED',
  'ORDERS_CANCELLED',
  'ORDERS_FULFILLED',
  'ORDERS_PARTIALLY_FULFILLED',
  'DRAFT_ORDERS_CREATE',
  'REFUNDS_CREATE',
  'RETURNS_REQUEST',
  'DISPUTES_CREATE',
  'CUSTOMERS_CREATE',
  'CUSTOMERS_UPDATE',
  'CUSTOMERS_DELETE',
  'CUSTOMER_TAGS_ADDED',
  'PRODUCTS_CREATE',
  'PRODUCTS_UPDATE',
  'PRODUCTS_DELETE',
  'COLLECTIONS_CREATE',
  'INVENTORY_LEVELS_UPDATE',
  'INVENTORY_ITEMS_UPDATE',
  'FULFILLMENTS_CREATE',
  'FULFILLMENTS_UPDATE',
  'CHECKOUTS_CREATE',
  'CHECKOUTS_UPDATE',
] as const

/** The field by which triggers name what to hear of. */
export const topicField = z
  .enum(TOPICS)
  .default('ORDERS_CREATE')
  .meta({ title: 'Event', description: 'What to hear of.' })

/** What workflows see of an event. */
export const shopEventSchema = z.object({
  topic: z.string().meta({ title: 'Event' }),
  shop: z.string().meta({ title: 'Shop' }),
  triggeredAt: z.string().nullable().meta({ title: 'Happened' }),
  payload: jsonObject.meta({ title: 'Payload', description: 'All that Shopify tells of it.' }),
})

/** An event as in Shopify's documentation. */
export const sampleShopEvent = {
  topic: 'orders/create',
  shop: 'acme-store.myshopify.com',
  triggeredAt: '2026-04-01T10:00:00Z',
  payload: { id: 148977776, name: '#1001', email: 'bob.norman@mail.example.com' },
}

/** What a delivery tells; undefined when it is no event. */
export function readDelivery({ headers, body }: IncomingRequest) {
  const payload = jsonObject.safeParse(body).data
  // One event may be delivered several times, each with a webhook id of its own; the event id stays.
  const id = headers['x-shopify-event-id'] ?? headers['x-shopify-webhook-id']
  const topic = headers['x-shopify-topic']
  if (payload === undefined || id === undefined || topic === undefined) return undefined
  const shop = headers['x-shopify-shop-domain'] ?? ''
  return { id, data: { topic, shop, triggeredAt: headers['x-shopify-triggered-at'] ?? null, payload } }
}

/** The name in the enum of topics of a header such as `orders/create`. */
export function topicOf(header: string): string {
  return header.replace('/', '_').toUpperCase()
}
