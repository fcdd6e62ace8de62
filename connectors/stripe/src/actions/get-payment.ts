import { action, z } from '@inlay/sdk/connector'
import { paymentField, paymentPath, paymentSchema, samplePayment } from '../payment.js'
import { stripe } from '../stripe-api.js'

/** Reads a payment. */
export const getPayment = action({
  name: 'Get a payment',
  description: 'Reads one payment intent by its id.',
  input: z.strictObject({ payment: paymentField }),
  output: paymentSchema,
  sampleInput: { payment: 'pi_3MtwBwLkdIwHu7ix28a3tqPa' },
  sampleOutput: samplePayment,
  run: (context) => stripe.call(context, { url: paymentPath(context.input.payment), answer: paymentSchema }),
})
