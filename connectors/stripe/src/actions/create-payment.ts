import { action, z } from '@inlay/sdk/connector'
import { customerOptions } from '../choices.js'
import { amountField, currencyField, customerField, metadataField } from '../fields.js'
import { paymentSchema, samplePayment } from '../payment.js'
import { change } from '../stripe-api.js'

/** Creates a payment intent. */
export const createPayment = action({
  name: 'Create a payment',
  description: 'Creates a payment intent; with a payment method of the customer it can be charged at once.',
  input: z.strictObject({
    amount: amountField,
    currency: currencyField,
    customer: customerField.optional(),
    paymentMethod: z
      .string()
      .optional()
      .meta({ title: 'Payment method', examples: ['pm_card_visa'] }),
    confirm: z
      .boolean()
      .default(false)
      .meta({ title: 'Charge at once', description: 'Without the customer being there. Needs a payment method.' }),
    captureLater: z.boolean().default(false).meta({
      title: 'Only reserve the money',
      description: '"Capture a payment" takes it later, for cards within seven days as a rule.',
    }),
    description: z.string().optional().meta({ title: 'Description' }),
    receiptEmail: z.email().optional().meta({ title: 'Receipt to' }),
    metadata: metadataField,
  }),
  output: paymentSchema,
  sampleInput: { amount: 2000, currency: 'usd', customer: 'cus_NffrFeUfNV2Hib' },
  sampleOutput: samplePayment,
  options: { customer: customerOptions },
  run: (context) => {
    const { paymentMethod, confirm, captureLater, receiptEmail, ...rest } = context.input
    const atOnce = confirm ? { confirm: true, off_session: true } : {}
    return change(context, {
      url: '/v1/payment_intents',
      body: {
        ...rest,
        ...atOnce,
        payment_method: paymentMethod,
        receipt_email: receiptEmail,
        capture_method: captureLater ? 'manual' : undefined,
        // A payment that is charged at once has nobody to send to another page.
        automatic_payment_methods: { enabled: true, allow_redirects: confirm ? 'never' : undefined },
      },
      answer: paymentSchema,
    })
  },
})
