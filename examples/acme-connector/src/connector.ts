import { type Connector, defineConnector } from '@inlay/sdk/connector'
import { createOrder } from './actions/create-order.js'
import { exportOrders } from './actions/export-orders.js'
import { type SignInAddresses, signIn } from './auth.js'
import { orderChanged } from './triggers/order-changed.js'
import { orderPaid } from './triggers/order-paid.js'

/** Where Acme is. */
export interface AcmeAddresses extends SignInAddresses {
  readonly apiUrl: string
}

const ACME: AcmeAddresses = {
  apiUrl: 'https://api.acme.example/v1',
  authorizationUrl: 'https://acme.example/oauth/authorize',
  tokenUrl: 'https://acme.example/oauth/token',
}

/** Orders of Acme. @param addresses those of a stand-in, to try the whole thing on one machine */
export function createAcmeConnector(addresses: AcmeAddresses = ACME): Connector {
  return defineConnector({
    id: 'acme',
    version: '1.0.0',
    name: 'Acme',
    description: 'Create and export orders of Acme, and start when they are paid or change.',
    icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"><path d="M4 20 12 4l8 16M7.500 14h9"/></svg>',
    color: '#b45309',
    categories: ['commerce'],
    docs: 'Sign in with an account of Acme that may create orders. Exports are kept for a day.',
    auth: signIn(addresses),
    api: { baseUrl: addresses.apiUrl, pace: { requests: 100, perMs: 60_000 } },
    actions: { createOrder, exportOrders },
    triggers: { orderChanged, orderPaid },
  })
}

/** Orders of Acme. */
export const connector = createAcmeConnector()
