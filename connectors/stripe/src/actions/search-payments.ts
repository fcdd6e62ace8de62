import { action, z } from '@inlay/sdk/connector'
import { limitField } from '../fields.js'
import { paymentSchema, samplePayment } from '../payment.js'
import { searchAll } from '../stripe-api.js'

/** Searches payments. */
export const searchPayments = action({
  name: 'Search payments',
  description: 'Finds payment intents by Stripe’s search words. What is new is found after about a minute.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .meta({ title: 'Search', examples: ["status:'succeeded' AND metadata['order']:'A-1001'"] }),
    limit: limitField,
  }),
  output: z.object({ payments: z.array(paymentSchema).meta({ title: 'Payments' }) }),
  sampleInput: { query: "status:'succeeded'" },
  sampleOutput: { payments: [{ ...samplePayment, status: 'succeeded' }] },
  run: async (context) => ({
    payments: await searchAll(context, { url: '/v1/payment_intents/search', item: paymentSchema, ...context.input }),
  }),
})
