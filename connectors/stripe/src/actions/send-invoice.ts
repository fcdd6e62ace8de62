import { action, z } from '@inlay/sdk/connector'
import { invoiceField, invoicePath, invoiceSchema, sampleInvoice } from '../invoice.js'
import { change } from '../stripe-api.js'

/** Sends an invoice by e-mail. */
export const sendInvoice = action({
  name: 'Send an invoice',
  description: 'Sends an invoice to its customer by e-mail. A draft is finalized first.',
  input: z.strictObject({ invoice: invoiceField }),
  output: invoiceSchema,
  sampleInput: { invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv' },
  sampleOutput: { ...sampleInvoice, number: 'A-0001', status: 'open' },
  run: (context) => change(context, { url: `${invoicePath(context.input.invoice)}/send`, answer: invoiceSchema }),
})
