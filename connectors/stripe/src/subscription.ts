import { z } from '@inlay/sdk/connector'

/** A subscription as Stripe tells of one. */
export const subscriptionSchema = z.object({
  id: z.string().meta({ title: 'Subscription id' }),
  status: z.string().meta({ title: 'Status' }),
  customer: z.string().meta({ title: 'Customer id' }),
  currency: z.string().nullish().meta({ title: 'Currency' }),
  cancel_at_period_end: z.boolean().meta({ title: 'Ends with its period' }),
  canceled_at: z.number().nullish().meta({ title: 'Cancelled', description: 'Unix seconds.' }),
  latest_invoice: z.string().nullish().meta({ title: 'Invoice id' }),
  created: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
  items: z
    .object({
      data: z.array(
        z.object({
          id: z.string().meta({ title: 'Item id' }),
          quantity: z.number().nullish().meta({ title: 'Quantity' }),
          current_period_end: z.number().nullish().meta({ title: 'Period ends', description: 'Unix seconds.' }),
          price: z.object({ id: z.string().meta({ title: 'Price id' }) }).meta({ title: 'Price' }),
        }),
      ),
    })
    .meta({ title: 'Items' }),
})

/** A subscription as in Stripe's documentation. */
export const sampleSubscription = {
  id: 'sub_1MowQVLkdIwHu7ixeRlqHVzs',
  status: 'active',
  customer: 'cus_NffrFeUfNV2Hib',
  currency: 'usd',
  cancel_at_period_end: false,
  canceled_at: null,
  latest_invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv',
  created: 1679609767,
  items: {
    data: [
      {
        id: 'si_NcLYdDxLHxlFo7',
        quantity: 1,
        current_period_end: 1682288167,
        price: { id: 'price_1MoBy5LkdIwHu7ixZhnattbh' },
      },
    ],
  },
}

/** The field by which actions name a subscription. */
export const subscriptionField = z
  .string()
  .min(1)
  .meta({ title: 'Subscription', description: 'Its id.', examples: ['sub_1MowQVLkdIwHu7ixeRlqHVzs'] })

/** The path of a subscription in the API. */
export function subscriptionPath(id: string): string {
  return `/v1/subscriptions/${encodeURIComponent(id)}`
}
