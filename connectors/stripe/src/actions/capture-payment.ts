import { action, z } from '@inlay/sdk/connector'
import { amountField } from '../fields.js'
import { paymentField, paymentPath, paymentSchema, samplePayment } from '../payment.js'
import { change } from '../stripe-api.js'

/** Takes money that was reserved. */
export const capturePayment = action({
  name: 'Capture a payment',
  description: 'Takes the money that a payment has reserved, or a part of it; what is left is released.',
  input: z.strictObject({
    payment: paymentField,
    amount: amountField.optional().meta({ title: 'Amount', description: 'All that is reserved, when empty.' }),
  }),
  output: paymentSchema,
  sampleInput: { payment: 'pi_3MtwBwLkdIwHu7ix28a3tqPa' },
  sampleOutput: { ...samplePayment, status: 'succeeded', amount_received: 2000 },
  run: (context) => {
    const { payment, amount } = context.input
    const body = { amount_to_capture: amount }
    return change(context, { url: `${paymentPath(payment)}/capture`, body, answer: paymentSchema })
  },
})
