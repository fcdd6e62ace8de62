import { action, z } from '@inlay/sdk/connector'
import { invoiceField, invoicePath, invoiceSchema, sampleInvoice } from '../invoice.js'
import { change } from '../stripe-api.js'

/** Pays an invoice now. */
export const payInvoice = action({
  name: 'Pay an invoice',
  description: 'Charges the payment method on file now, or notes that the invoice was paid elsewhere.',
  input: z.strictObject({
    invoice: invoiceField,
    isPaidElsewhere: z
      .boolean()
      .default(false)
      .meta({ title: 'It was paid elsewhere', description: 'Such as in cash: nothing is charged.' }),
  }),
  output: invoiceSchema,
  sampleInput: { invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv' },
  sampleOutput: { ...sampleInvoice, number: 'A-0001', status: 'paid', amount_due: 0 },
  run: (context) => {
    const { invoice, isPaidElsewhere } = context.input
    const body = { paid_out_of_band: isPaidElsewhere || undefined }
    return change(context, { url: `${invoicePath(invoice)}/pay`, body, answer: invoiceSchema })
  },
})
