import { action, z } from '@inlay/sdk/connector'
import { invoiceField, invoicePath, invoiceSchema, sampleInvoice } from '../invoice.js'
import { change } from '../stripe-api.js'

/** Makes an invoice of a draft. */
export const finalizeInvoice = action({
  name: 'Finalize an invoice',
  description: 'Gives a draft its number; it can be paid from then on, and changed no more.',
  input: z.strictObject({ invoice: invoiceField }),
  output: invoiceSchema,
  sampleInput: { invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv' },
  sampleOutput: { ...sampleInvoice, number: 'A-0001', status: 'open' },
  run: (context) => change(context, { url: `${invoicePath(context.input.invoice)}/finalize`, answer: invoiceSchema }),
})
