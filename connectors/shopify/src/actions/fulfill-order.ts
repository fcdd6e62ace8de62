import { action, StepError, z } from '@inlay/sdk/connector'
import { orderField } from '../order.js'
import { ask, change, globalId } from '../shopify-api.js'

const waiting = z.object({
  order: z
    .object({ fulfillmentOrders: z.object({ nodes: z.array(z.object({ id: z.string(), status: z.string() })) }) })
    .nullable(),
})

/** Fulfils an order. */
export const fulfillOrder = action({
  name: 'Fulfil an order',
  description: 'Marks everything of an order that waits as sent, with tracking when you have it.',
  input: z.strictObject({
    order: orderField,
    trackingNumber: z.string().optional().meta({ title: 'Tracking number' }),
    trackingUrl: z.url().optional().meta({ title: 'Tracking page' }),
    carrier: z
      .string()
      .optional()
      .meta({ title: 'Carrier', examples: ['DHL Express'] }),
    notifyCustomer: z.boolean().default(false).meta({ title: 'Tell the customer' }),
  }),
  output: z.object({
    id: z.string().meta({ title: 'Fulfilment id' }),
    status: z.string().meta({ title: 'Status' }),
  }),
  sampleInput: { order: 'gid://shopify/Order/148977776', trackingNumber: '1Z001' },
  sampleOutput: { id: 'gid://shopify/Fulfillment/1', status: 'SUCCESS' },
  scopes: ['write_merchant_managed_fulfillment_orders'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { order, trackingNumber, trackingUrl, carrier, notifyCustomer } = context.input
    const found = await ask(context, {
      query: `query Waiting($id: ID!) { order(id: $id) { fulfillmentOrders(first: 50) { nodes { id status } } } }`,
      variables: { id: globalId('Order', order) },
      data: waiting,
    })
    const open = found.order?.fulfillmentOrders.nodes.filter(({ status }) => /^(OPEN|IN_PROGRESS)$/.test(status)) ?? []
    if (open.length === 0) throw new StepError('rejected', 'Nothing of the order waits to be sent', { detail: order })
    const tracking = { number: trackingNumber, url: trackingUrl, company: carrier }
    const isTracked = Object.values(tracking).some((value) => value !== undefined)
    const { fulfillment } = await change(context, {
      query: `mutation Fulfil($fulfillment: FulfillmentInput!) { result: fulfillmentCreate(fulfillment: $fulfillment) {
        fulfillment { id status } userErrors { field message } } }`,
      variables: {
        fulfillment: {
          lineItemsByFulfillmentOrder: open.map(({ id }) => ({ fulfillmentOrderId: id })),
          notifyCustomer,
          trackingInfo: isTracked ? tracking : undefined,
        },
      },
      data: z.object({ fulfillment: z.object({ id: z.string(), status: z.string() }) }),
    })
    return fulfillment
  },
})
