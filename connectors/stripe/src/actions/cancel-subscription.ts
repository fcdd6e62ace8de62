import { action, z } from '@inlay/sdk/connector'
import { change, stripe } from '../stripe-api.js'
import { sampleSubscription, subscriptionField, subscriptionPath, subscriptionSchema } from '../subscription.js'

/** Ends a subscription. */
export const cancelSubscription = action({
  name: 'Cancel a subscription',
  description: 'Ends a subscription at once, or with the period that is paid.',
  input: z.strictObject({
    subscription: subscriptionField,
    when: z.enum(['now', 'periodEnd']).default('periodEnd').meta({ title: 'When' }),
  }),
  output: subscriptionSchema,
  sampleInput: { subscription: 'sub_1MowQVLkdIwHu7ixeRlqHVzs', when: 'periodEnd' },
  sampleOutput: { ...sampleSubscription, cancel_at_period_end: true },
  run: (context) => {
    const url = subscriptionPath(context.input.subscription)
    if (context.input.when === 'now') return stripe.call(context, { method: 'DELETE', url, answer: subscriptionSchema })
    return change(context, { url, body: { cancel_at_period_end: true }, answer: subscriptionSchema })
  },
})
