import { defineConnector } from '@inlay/sdk/connector'
import { createItem } from './actions/create-item.js'
import { auth } from './auth.js'
import { itemChanged } from './triggers/item-changed.js'
import { itemDone } from './triggers/item-done.js'

/** What can be automated with Acme. */
export const connector = defineConnector({
  id: 'acme',
  version: '1.0.0',
  name: 'Acme',
  description: 'Create items in Acme, and start when they change or are done.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="12" cy="12" r="8"/></svg>',
  color: '#2563eb',
  categories: ['productivity'],
  docs: 'Paste an access token of Acme.',
  auth,
  api: { baseUrl: 'https://api.acme.example' },
  actions: { createItem },
  triggers: { itemChanged, itemDone },
})
