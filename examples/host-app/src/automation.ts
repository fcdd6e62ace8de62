import { Inlay } from '@inlay/sdk/client'
import type { Options } from './options.js'
import type { Order } from './orders.js'

/** What Larkfield tells the control plane. */
export interface Automation {
  /** Makes Larkfield's connector known; safe to call at each start. */
  register(): Promise<void>
  /** Starts the automations that wait for orders. */
  orderPlaced(order: Order): Promise<void>
}

/** The control plane, through the SDK. */
export function createAutomation({ baseUrl, apiKey, customer, connectorUrl, connectorSecret }: Options): Automation {
  const inlay = new Inlay({ baseUrl, apiKey })
  return {
    register: async () => {
      const { tenantConnectors } = inlay.api
      const { data } = await tenantConnectors.list.query({})
      const known = data.find(({ url }) => url === connectorUrl)
      if (known !== undefined) await tenantConnectors.rotateSecret.mutate({ id: known.id, secret: connectorSecret })
      const { status, detail } =
        known === undefined
          ? await tenantConnectors.registerRemote.mutate({ url: connectorUrl, secret: connectorSecret })
          : await tenantConnectors.refresh.mutate({ id: known.id })
      if (status !== 'ok') throw new Error(`Larkfield's connector is not known yet: ${detail ?? 'no reason given'}`)
    },
    orderPlaced: async (order) => {
      const { id, customer: buyer, total, state } = order
      // The order's own number: told again, it starts nothing twice.
      const event = { id: `order-placed-${id}`, name: 'order.placed', payload: { id, customer: buyer, total, state } }
      await inlay.events.publish({ ...event, customerId: await customerIdOf(inlay, customer) })
    },
  }
}

/** The company as the control plane knows it. */
async function customerIdOf(inlay: Inlay, { externalId, name }: Options['customer']): Promise<string> {
  for await (const known of inlay.customers.list({ search: externalId })) {
    if (known.externalId === externalId) return known.id
  }
  return (await inlay.customers.create({ externalId, name })).id
}
