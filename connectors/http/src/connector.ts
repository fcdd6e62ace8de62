import { defineConnector } from '@inlay/sdk/connector'
import { request } from './actions/request.js'
import { auth, serviceOf } from './auth.js'

/** Calls any HTTP API. */
export const connector = defineConnector({
  id: 'http',
  version: '1.1.0',
  name: 'HTTP',
  description: 'Call any HTTP API.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"><circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 2.7 3.8 6 3.8 9s-.8 6.300-3.800 9c-3-2.700-3.800-6-3.800-9s.8-6.300 3.800-9"/></svg>',
  color: '#2563eb',
  categories: ['tools', 'developer'],
  docs: 'Calls any HTTP API. A connection is only needed to keep credentials out of the workflow: they go to the address of the connection and nowhere else.',
  auth,
  connectionOptional: true,
  api: { baseUrl: serviceOf },
  actions: { request },
})
