import { action, z } from '@inlay/sdk/connector'
import { priceOptions } from '../choices.js'
import { metadataField, priceField } from '../fields.js'
import { change, stripe } from '../stripe-api.js'
import { sampleSubscription, subscriptionField, subscriptionPath, subscriptionSchema } from '../subscription.js'

/** Changes a subscription. */
export const updateSubscription = action({
  name: 'Change a subscription',
  description: 'Changes price or quantity of the first item, or whether the subscription ends with its period.',
  input: z.strictObject({
    subscription: subscriptionField,
    price: priceField.optional(),
    quantity: z.coerce.number().int().min(1).optional().meta({ title: 'Quantity' }),
    cancelAtPeriodEnd: z.boolean().optional().meta({ title: 'Ends with its period' }),
    proration: z
      .enum(['create_prorations', 'always_invoice', 'none'])
      .optional()
      .meta({ title: 'Difference in price', description: 'Whether what was paid already is taken into account.' }),
    metadata: metadataField,
  }),
  output: subscriptionSchema,
  sampleInput: { subscription: 'sub_1MowQVLkdIwHu7ixeRlqHVzs', quantity: 2 },
  sampleOutput: sampleSubscription,
  options: { price: priceOptions },
  run: async (context) => {
    const { subscription, price, quantity, cancelAtPeriodEnd, proration, metadata } = context.input
    const url = subscriptionPath(subscription)
    const hasItem = price !== undefined || quantity !== undefined
    // Without the id of its item, Stripe would add a second one.
    const current = hasItem ? await stripe.call(context, { url, answer: subscriptionSchema }) : undefined
    return change(context, {
      url,
      body: {
        items: hasItem ? [{ id: current?.items.data[0]?.id, price, quantity }] : undefined,
        cancel_at_period_end: cancelAtPeriodEnd,
        proration_behavior: proration,
        metadata,
      },
      answer: subscriptionSchema,
    })
  },
})
