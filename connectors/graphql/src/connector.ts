import { defineConnector } from '@inlay/sdk/connector'
import { execute } from './actions/execute.js'
import { auth, endpointOf } from './auth.js'
import { icon } from './icon.js'
import { newItem } from './triggers/new-item.js'

/** Calls any GraphQL API. */
export const connector = defineConnector({
  id: 'graphql',
  version: '1.0.0',
  name: 'GraphQL',
  description: 'Query and change data of any GraphQL API.',
  icon,
  color: '#be2f8c',
  categories: ['developer', 'tools'],
  docs: 'A connection holds the address of the API and how it is signed in to; credentials go to that address alone. Variables of an operation become fields of the form.',
  auth,
  api: { baseUrl: endpointOf },
  actions: { execute },
  triggers: { newItem },
})
