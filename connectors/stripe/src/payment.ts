import { z } from '@inlay/sdk/connector'

/** A payment as Stripe tells of one. */
export const paymentSchema = z.object({
  id: z.string().meta({ title: 'Payment id' }),
  amount: z.number().meta({ title: 'Amount', description: 'In the smallest unit of the currency.' }),
  currency: z.string().meta({ title: 'Currency' }),
  status: z.string().meta({ title: 'Status' }),
  customer: z.string().nullish().meta({ title: 'Customer id' }),
  description: z.string().nullish().meta({ title: 'Description' }),
  amount_received: z.number().nullish().meta({ title: 'Amount received' }),
  amount_capturable: z.number().nullish().meta({ title: 'Amount reserved' }),
  metadata: z.record(z.string(), z.string()).default({}).meta({ title: 'Metadata' }),
  client_secret: z.string().nullish().meta({ title: 'Client secret', format: 'password' }),
  latest_charge: z.string().nullish().meta({ title: 'Charge id' }),
  created: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
})

/** A payment as in Stripe's documentation. */
export const samplePayment = {
  id: 'pi_3MtwBwLkdIwHu7ix28a3tqPa',
  amount: 2000,
  currency: 'usd',
  status: 'requires_payment_method',
  customer: 'cus_NffrFeUfNV2Hib',
  description: null,
  amount_received: 0,
  amount_capturable: 0,
  metadata: {},
  client_secret: 'example-client-secret',
  latest_charge: null,
  created: 1680800504,
}

/** The field by which actions name a payment. */
export const paymentField = z
  .string()
  .min(1)
  .meta({ title: 'Payment', description: 'Id of the payment intent.', examples: ['pi_3MtwBwLkdIwHu7ix28a3tqPa'] })

/** The path of a payment in the API. */
export function paymentPath(id: string): string {
  return `/v1/payment_intents/${encodeURIComponent(id)}`
}
