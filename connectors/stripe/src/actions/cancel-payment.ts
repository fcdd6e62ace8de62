import { action, z } from '@inlay/sdk/connector'
import { paymentField, paymentPath, paymentSchema, samplePayment } from '../payment.js'
import { change } from '../stripe-api.js'

/** Gives a payment up. */
export const cancelPayment = action({
  name: 'Cancel a payment',
  description: 'Gives up a payment that is not made yet; money that it has reserved is released.',
  input: z.strictObject({
    payment: paymentField,
    reason: z
      .enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'])
      .optional()
      .meta({ title: 'Reason' }),
  }),
  output: paymentSchema,
  sampleInput: { payment: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', reason: 'abandoned' },
  sampleOutput: { ...samplePayment, status: 'canceled' },
  run: (context) => {
    const { payment, reason } = context.input
    const body = { cancellation_reason: reason }
    return change(context, { url: `${paymentPath(payment)}/cancel`, body, answer: paymentSchema })
  },
})
