import { z } from '@inlay/sdk/connector'

/** A payment as Stripe tells of one. */
export const paymentSchema = z.object({
  id: z.string().meta({ title: 'Payment id' }),
  amount: z.number().meta({ title: 'Amount', description: 'In the smallest unit of the currency.' }),
  currency: z.string().meta({ title: 'Currency' }),
  status: z.string().meta({ title: 'Status' }),
  customer: z.string().nullish().meta({ title: 'Customer id' }),
  description: z.string().nullish().meta({ title: 'Description' }),
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
  client_secret: 'example-client-secret',
  latest_charge: null,
  created: 1680800504,
}
