import { defineConnector } from '@inlay/sdk/connector'
import { adjustInventory } from './actions/adjust-inventory.js'
import { cancelOrder } from './actions/cancel-order.js'
import { addTags, removeTags } from './actions/change-tags.js'
import { createCustomer } from './actions/create-customer.js'
import { createDraftOrder } from './actions/create-draft-order.js'
import { createProduct } from './actions/create-product.js'
import { fulfillOrder } from './actions/fulfill-order.js'
import { getOrder } from './actions/get-order.js'
import { getProduct } from './actions/get-product.js'
import { searchCustomers } from './actions/search-customers.js'
import { searchOrders } from './actions/search-orders.js'
import { searchProducts } from './actions/search-products.js'
import { setInventory } from './actions/set-inventory.js'
import { setMetafield } from './actions/set-metafield.js'
import { updateCustomer } from './actions/update-customer.js'
import { updateOrder } from './actions/update-order.js'
import { updateProduct } from './actions/update-product.js'
import { updateVariant } from './actions/update-variant.js'
import { appEvents } from './app-events.js'
import { auth, shopUrl } from './auth.js'
import { icon } from './icon.js'
import { appEvent } from './triggers/app-event.js'
import { newOrder } from './triggers/new-order.js'
import { shopEvent } from './triggers/shop-event.js'

/** Orders, customers, products and stock of a Shopify shop. */
export const connector = defineConnector({
  id: 'shopify',
  version: '1.1.1',
  name: 'Shopify',
  description: 'Work with orders, customers, products and stock of a Shopify shop.',
  icon,
  color: '#7ab55c',
  categories: ['commerce'],
  docs: [
    'Sign in with an app of Shopify, or create a custom app for the shop and paste its Admin API access token. Shop is the part of its address before .myshopify.com.',
    '',
    '"Shop event of the app" hears of what the app is subscribed to, for accounts that sign in. For "Shop event" a connection by token needs the secret of the custom app too, because Shopify signs with it. Some data of customers needs a permission of its own from Shopify.',
  ].join('\n'),
  auth,
  api: { baseUrl: shopUrl },
  actions: {
    getOrder,
    searchOrders,
    updateOrder,
    fulfillOrder,
    cancelOrder,
    createDraftOrder,
    createCustomer,
    updateCustomer,
    searchCustomers,
    createProduct,
    updateProduct,
    updateVariant,
    getProduct,
    searchProducts,
    adjustInventory,
    setInventory,
    addTags,
    removeTags,
    setMetafield,
  },
  triggers: { appEvent, shopEvent, newOrder },
  appEvents,
})
