import { jsonObject, z } from '@inlay/sdk/connector'

/** Events that automations begin with. */
const EVENTS = [
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'charge.refunded',
  'charge.dispute.created',
  'checkout.session.completed',
  'checkout.session.expired',
  'invoice.created',
  'invoice.finalized',
  'invoice.paid',
  'invoice.payment_failed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.trial_will_end',
  'payout.paid',
  'payout.failed',
  'product.created',
  'price.created',
] as const

/** The field by which triggers name events. */
export const eventsField = z
  .array(z.enum(EVENTS))
  .min(1)
  .max(20)
  .default(['payment_intent.succeeded'])
  .meta({ title: 'Events', description: 'What to hear of.' })

/** What workflows see of an event. */
export const eventOutput = z.object({
  id: z.string().meta({ title: 'Event id' }),
  type: z.string().meta({ title: 'Event' }),
  created: z.number().meta({ title: 'Happened', description: 'Unix seconds.' }),
  livemode: z.boolean().meta({ title: 'Live mode' }),
  object: jsonObject.meta({ title: 'Object', description: 'The payment, invoice or customer that it is about.' }),
})

/** An event as Stripe sends it. */
export const stripeEvent = z.object({
  id: z.string(),
  type: z.string(),
  created: z.number(),
  livemode: z.boolean(),
  data: z.object({ object: jsonObject }),
})

/** An event as workflows see it. */
export function toOutput({ data, ...event }: z.output<typeof stripeEvent>): z.output<typeof eventOutput> {
  return { ...event, object: data.object }
}

/** An event as in Stripe's documentation. */
export const sampleEvent = {
  id: 'evt_1NG8Du2eZvKYlo2CUI79vXWy',
  type: 'payment_intent.succeeded',
  created: 1686089970,
  livemode: false,
  object: { id: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', object: 'payment_intent', amount: 2000, currency: 'usd' },
}
