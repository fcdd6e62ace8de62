import { defineConnector } from '@inlay/sdk/connector'
import { addTags } from './actions/add-tags.js'
import { adjustInventory } from './actions/adjust-inventory.js'
import { createCustomer } from './actions/create-customer.js'
import { createProduct } from './actions/create-product.js'
import { fulfillOrder } from './actions/fulfill-order.js'
import { getOrder } from './actions/get-order.js'
import { searchCustomers } from './actions/search-customers.js'
import { searchOrders } from './actions/search-orders.js'
import { searchProducts } from './actions/search-products.js'
import { setMetafield } from './actions/set-metafield.js'
import { updateCustomer } from './actions/update-customer.js'
import { updateOrder } from './actions/update-order.js'
import { auth, shopUrl } from './auth.js'
import { icon } from './icon.js'
import { newOrder } from './triggers/new-order.js'
import { shopEvent } from './triggers/shop-event.js'

/** Orders, customers, products and stock of a Shopify shop. */
export const connector = defineConnector({
  id: 'shopify',
  version: '1.0.0',
  name: 'Shopify',
  description: 'Work with orders, customers, products and stock of a Shopify shop.',
  icon,
  color: '#7ab55c',
  categories: ['commerce'],
  docs: [
    'Sign in with an app of Shopify, or create a custom app for the shop and paste its Admin API access token. Shop is the part of its address before .myshopify.com.',
    '',
    'For "Shop event" the connection needs the secret of the app too, because Shopify signs with it. Some data of customers needs a permission of its own from Shopify.',
  ].join('\n'),
  auth,
  api: { baseUrl: shopUrl },
  actions: {
    getOrder,
    searchOrders,
    updateOrder,
    fulfillOrder,
    createCustomer,
    updateCustomer,
    searchCustomers,
    createProduct,
    searchProducts,
    adjustInventory,
    addTags,
    setMetafield,
  },
  triggers: { shopEvent, newOrder },
})
