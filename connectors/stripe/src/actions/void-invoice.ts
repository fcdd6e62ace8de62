import { action, z } from '@inlay/sdk/connector'
import { invoiceField, invoicePath, invoiceSchema, sampleInvoice } from '../invoice.js'
import { change } from '../stripe-api.js'

/** Takes an invoice back. */
export const voidInvoice = action({
  name: 'Void an invoice',
  description: 'Takes an invoice back that was finalized: it is owed no more. This cannot be undone.',
  input: z.strictObject({ invoice: invoiceField }),
  output: invoiceSchema,
  sampleInput: { invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv' },
  sampleOutput: { ...sampleInvoice, number: 'A-0001', status: 'void' },
  run: (context) => change(context, { url: `${invoicePath(context.input.invoice)}/void`, answer: invoiceSchema }),
})
