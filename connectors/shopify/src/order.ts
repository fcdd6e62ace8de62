import { z } from '@inlay/sdk/connector'

const money = z.object({
  shopMoney: z.object({
    amount: z.string().meta({ title: 'Amount' }),
    currencyCode: z.string().meta({ title: 'Currency' }),
  }),
})

const ORDER_HEAD = `id name email note tags createdAt updatedAt displayFinancialStatus displayFulfillmentStatus
  totalPriceSet { shopMoney { amount currencyCode } }
  customer { id displayName }`
/** What is asked of one order. */
export const ORDER_FIELDS = `${ORDER_HEAD} lineItems(first: 250) { nodes { id title quantity sku } }`
/** What is asked of each order of a list: Shopify takes no query that may cost more than 1,000 points. */
const LISTED_FIELDS = `${ORDER_HEAD} lineItems(first: 40) { nodes { id title quantity sku } }`

/** An order as Shopify tells of one. */
export const orderSchema = z.object({
  id: z.string().meta({ title: 'Order id' }),
  name: z.string().meta({ title: 'Number' }),
  email: z.string().nullable().meta({ title: 'E-mail address' }),
  note: z.string().nullable().meta({ title: 'Note' }),
  tags: z.array(z.string()).meta({ title: 'Tags' }),
  createdAt: z.string().meta({ title: 'Created' }),
  updatedAt: z.string().meta({ title: 'Changed' }),
  displayFinancialStatus: z.string().nullable().meta({ title: 'Payment' }),
  displayFulfillmentStatus: z.string().nullable().meta({ title: 'Fulfilment' }),
  totalPriceSet: money.meta({ title: 'Total' }),
  customer: z
    .object({ id: z.string().meta({ title: 'Customer id' }), displayName: z.string().meta({ title: 'Name' }) })
    .nullable()
    .meta({ title: 'Customer' }),
  lineItems: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string().meta({ title: 'Line id' }),
          title: z.string().meta({ title: 'Title' }),
          quantity: z.number().meta({ title: 'Quantity' }),
          sku: z.string().nullable().meta({ title: 'SKU' }),
        }),
      ),
    })
    .meta({ title: 'Lines' }),
})

/** An order as in Shopify's documentation. */
export const sampleOrder = {
  id: 'gid://shopify/Order/148977776',
  name: '#1001',
  email: 'bob.norman@mail.example.com',
  note: null,
  tags: ['gift'],
  createdAt: '2026-04-01T10:00:00Z',
  updatedAt: '2026-04-01T10:00:00Z',
  displayFinancialStatus: 'PAID',
  displayFulfillmentStatus: 'UNFULFILLED',
  totalPriceSet: { shopMoney: { amount: '110.00', currencyCode: 'USD' } },
  customer: { id: 'gid://shopify/Customer/544365967', displayName: 'Bob Bobsen' },
  lineItems: { nodes: [{ id: 'gid://shopify/LineItem/1', title: 'Element', quantity: 1, sku: 'element-151' }] },
}

/** The field by which actions name an order. */
export const orderField = z
  .string()
  .min(1)
  .meta({
    title: 'Order',
    description: 'Id of the order, not its number.',
    examples: ['gid://shopify/Order/148977776'],
  })

/** Finds orders, newest first. */
export const ORDER_SEARCH = searchBy('sortKey: CREATED_AT, reverse: true')
/** Finds orders, oldest first. */
export const ORDERS_IN_TURN = searchBy('sortKey: CREATED_AT')

function searchBy(order: string): string {
  return `query Orders($query: String, $first: Int!, $after: String) {
  found: orders(query: $query, first: $first, after: $after, ${order}) {
    nodes { ${LISTED_FIELDS} } pageInfo { hasNextPage endCursor }
  } }`
}
