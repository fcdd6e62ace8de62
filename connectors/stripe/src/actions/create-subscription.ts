import { action, z } from '@inlay/sdk/connector'
import { customerOptions, priceOptions } from '../choices.js'
import { customerField, metadataField, priceField } from '../fields.js'
import { change } from '../stripe-api.js'
import { sampleSubscription, subscriptionSchema } from '../subscription.js'

/** Begins a subscription. */
export const createSubscription = action({
  name: 'Create a subscription',
  description: 'Subscribes a customer to a price that recurs.',
  input: z.strictObject({
    customer: customerField,
    price: priceField,
    quantity: z.coerce.number().int().min(1).default(1).meta({ title: 'Quantity' }),
    trialDays: z.coerce.number().int().min(1).max(730).optional().meta({ title: 'Days for free' }),
    daysUntilDue: z.coerce.number().int().min(1).optional().meta({
      title: 'Days to pay',
      description: 'Invoices are sent by e-mail. When empty, the card on file is charged.',
    }),
    metadata: metadataField,
  }),
  output: subscriptionSchema,
  sampleInput: { customer: 'cus_NffrFeUfNV2Hib', price: 'price_1MoBy5LkdIwHu7ixZhnattbh' },
  sampleOutput: sampleSubscription,
  options: { customer: customerOptions, price: priceOptions },
  run: (context) => {
    const { customer, price, quantity, trialDays, daysUntilDue, metadata } = context.input
    const collection =
      daysUntilDue === undefined ? {} : { collection_method: 'send_invoice', days_until_due: daysUntilDue }
    return change(context, {
      url: '/v1/subscriptions',
      body: { customer, items: [{ price, quantity }], trial_period_days: trialDays, metadata, ...collection },
      answer: subscriptionSchema,
    })
  },
})
