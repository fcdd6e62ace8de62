import { defineConnector } from '@inlay/sdk/connector'
import { cancelPayment } from './actions/cancel-payment.js'
import { cancelSubscription } from './actions/cancel-subscription.js'
import { capturePayment } from './actions/capture-payment.js'
import { createCheckout } from './actions/create-checkout.js'
import { createCustomer } from './actions/create-customer.js'
import { createInvoice } from './actions/create-invoice.js'
import { createPayment } from './actions/create-payment.js'
import { createPaymentLink } from './actions/create-payment-link.js'
import { createPrice } from './actions/create-price.js'
import { createRefund } from './actions/create-refund.js'
import { createSubscription } from './actions/create-subscription.js'
import { finalizeInvoice } from './actions/finalize-invoice.js'
import { findCustomers } from './actions/find-customers.js'
import { getCustomer } from './actions/get-customer.js'
import { getPayment } from './actions/get-payment.js'
import { listInvoices } from './actions/list-invoices.js'
import { listSubscriptions } from './actions/list-subscriptions.js'
import { payInvoice } from './actions/pay-invoice.js'
import { searchCustomers } from './actions/search-customers.js'
import { searchPayments } from './actions/search-payments.js'
import { sendInvoice } from './actions/send-invoice.js'
import { updateCustomer } from './actions/update-customer.js'
import { updateSubscription } from './actions/update-subscription.js'
import { voidInvoice } from './actions/void-invoice.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { API_VERSION } from './stripe-api.js'
import { accountEvent } from './triggers/event.js'
import { newEvent } from './triggers/new-event.js'

/** Customers, payments, invoices and subscriptions in Stripe. */
export const connector = defineConnector({
  id: 'stripe',
  version: '1.1.0',
  name: 'Stripe',
  description: 'Work with customers, payments, invoices and subscriptions in Stripe.',
  icon,
  color: '#635bff',
  categories: ['finance', 'commerce'],
  docs: [
    'Paste a secret key, or better a restricted key that allows what your automations do. A key of test mode moves no money: begin with one.',
    '',
    'Amounts are in the smallest unit of their currency: 1099 is 10.99 of dollars, but 1099 of yen.',
    '',
    'Events arrive by a webhook that is registered by itself. Where the key may not do that, use "New event", which asks Stripe every few minutes.',
  ].join('\n'),
  auth,
  api: {
    baseUrl: 'https://api.stripe.com',
    headers: { 'stripe-version': API_VERSION },
    pace: { requests: 25, perMs: 1000 },
  },
  actions: {
    createCustomer,
    updateCustomer,
    getCustomer,
    findCustomers,
    searchCustomers,
    createPayment,
    getPayment,
    searchPayments,
    capturePayment,
    cancelPayment,
    createRefund,
    createInvoice,
    finalizeInvoice,
    sendInvoice,
    payInvoice,
    voidInvoice,
    listInvoices,
    createSubscription,
    updateSubscription,
    cancelSubscription,
    listSubscriptions,
    createPrice,
    createCheckout,
    createPaymentLink,
  },
  triggers: { accountEvent, newEvent },
})
