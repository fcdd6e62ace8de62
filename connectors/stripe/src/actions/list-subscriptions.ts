import { action, z } from '@inlay/sdk/connector'
import { customerOptions, priceOptions } from '../choices.js'
import { customerField, limitField, priceField } from '../fields.js'
import { listAll } from '../stripe-api.js'
import { sampleSubscription, subscriptionSchema } from '../subscription.js'

/** Lists subscriptions. */
export const listSubscriptions = action({
  name: 'List subscriptions',
  description: 'Lists subscriptions, newest first, over as many pages as it takes.',
  input: z.strictObject({
    customer: customerField.optional(),
    price: priceField.optional(),
    status: z
      .enum(['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete', 'canceled', 'ended', 'all'])
      .optional()
      .meta({ title: 'Status', description: 'All that are not cancelled, when empty.' }),
    limit: limitField,
  }),
  output: z.object({ subscriptions: z.array(subscriptionSchema).meta({ title: 'Subscriptions' }) }),
  sampleInput: { status: 'active' },
  sampleOutput: { subscriptions: [sampleSubscription] },
  options: { customer: customerOptions, price: priceOptions },
  run: async (context) => {
    const { limit, ...query } = context.input
    const subscriptions = await listAll(context, { url: '/v1/subscriptions', query, item: subscriptionSchema, limit })
    return { subscriptions }
  },
})
