import { action, z } from '@inlay/sdk/connector'
import { amountField, metadataField } from '../fields.js'
import { paymentField } from '../payment.js'
import { change } from '../stripe-api.js'

const refundSchema = z.object({
  id: z.string().meta({ title: 'Refund id' }),
  amount: z.number().meta({ title: 'Amount' }),
  currency: z.string().meta({ title: 'Currency' }),
  status: z.string().nullish().meta({ title: 'Status' }),
  payment_intent: z.string().nullish().meta({ title: 'Payment id' }),
  created: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
})

/** Pays money back. */
export const createRefund = action({
  name: 'Refund a payment',
  description: 'Pays a payment back, all of it or a part.',
  input: z.strictObject({
    payment: paymentField,
    amount: amountField.optional().meta({ title: 'Amount', description: 'All that is left, when empty.' }),
    reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional().meta({ title: 'Reason' }),
    metadata: metadataField,
  }),
  output: refundSchema,
  sampleInput: { payment: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', reason: 'requested_by_customer' },
  sampleOutput: {
    id: 're_1Nispe2eZvKYlo2Cd31jOCgZ',
    amount: 1000,
    currency: 'usd',
    status: 'succeeded',
    payment_intent: 'pi_3MtwBwLkdIwHu7ix28a3tqPa',
    created: 1692942318,
  },
  run: (context) => {
    const { payment, ...rest } = context.input
    return change(context, { url: '/v1/refunds', body: { payment_intent: payment, ...rest }, answer: refundSchema })
  },
})
