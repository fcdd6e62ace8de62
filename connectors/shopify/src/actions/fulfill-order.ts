import { action, type ServiceContext, StepError, z } from '@inlay/sdk/connector'
import { orderField } from '../order.js'
import { ask, change, globalId } from '../shopify-api.js'

const waiting = z.object({
  order: z
    .object({
      fulfillmentOrders: z.object({
        nodes: z.array(
          z.object({
            id: z.string(),
            status: z.string(),
            assignedLocation: z.object({ location: z.object({ id: z.string() }).nullable() }),
          }),
        ),
      }),
    })
    .nullable(),
})

const fulfilment = z.object({
  id: z.string().meta({ title: 'Fulfilment id' }),
  status: z.string().meta({ title: 'Status' }),
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
  output: fulfilment.extend({
    fulfillments: z
      .array(fulfilment)
      .meta({ title: 'Fulfilments', description: 'One for each location that sends something.' }),
  }),
  sampleInput: { order: 'gid://shopify/Order/148977776', trackingNumber: '1Z001' },
  sampleOutput: {
    id: 'gid://shopify/Fulfillment/1',
    status: 'SUCCESS',
    fulfillments: [{ id: 'gid://shopify/Fulfillment/1', status: 'SUCCESS' }],
  },
  scopes: ['write_merchant_managed_fulfillment_orders'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { order, trackingNumber, trackingUrl, carrier, notifyCustomer } = context.input
    const tracking = { number: trackingNumber, url: trackingUrl, company: carrier }
    const isTracked = Object.values(tracking).some((value) => value !== undefined)
    const told = { notifyCustomer, trackingInfo: isTracked ? tracking : undefined }
    const fulfil = async (ids: readonly string[]) => {
      const lineItemsByFulfillmentOrder = ids.map((fulfillmentOrderId) => ({ fulfillmentOrderId }))
      const { fulfillment } = await change(context, {
        query: `mutation Fulfil($fulfillment: FulfillmentInput!) { result: fulfillmentCreate(fulfillment: $fulfillment) {
          fulfillment { id status } userErrors { field message } } }`,
        variables: { fulfillment: { lineItemsByFulfillmentOrder, ...told } },
        data: z.object({ fulfillment: fulfilment }),
      })
      return fulfillment
    }
    const [here, ...elsewhere] = await waitingByLocation(context, order)
    if (here === undefined) throw new StepError('rejected', 'Nothing of the order waits to be sent', { detail: order })
    const first = await fulfil(here)
    const fulfillments = [first]
    for (const ids of elsewhere) fulfillments.push(await fulfil(ids))
    return { ...first, fulfillments }
  },
})

/** What waits to be sent: Shopify takes together only what one location sends. */
async function waitingByLocation(context: ServiceContext, order: string): Promise<string[][]> {
  const found = await ask(context, {
    query: `query Waiting($id: ID!) { order(id: $id) { fulfillmentOrders(first: 50) {
      nodes { id status assignedLocation { location { id } } } } } }`,
    variables: { id: globalId('Order', order) },
    data: waiting,
  })
  const open = found.order?.fulfillmentOrders.nodes.filter(({ status }) => /^(OPEN|IN_PROGRESS)$/.test(status)) ?? []
  const byLocation = new Map<string, string[]>()
  for (const { id, assignedLocation } of open) {
    const location = assignedLocation.location?.id ?? ''
    byLocation.set(location, [...(byLocation.get(location) ?? []), id])
  }
  return [...byLocation.values()]
}
