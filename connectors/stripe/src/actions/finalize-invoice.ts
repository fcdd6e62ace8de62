import { action, z } from '@inlay/sdk/connector'
import { invoiceField, invoicePath, invoiceSchema, sampleInvoice } from '../invoice.js'
import { change } from '../stripe-api.js'

/** Makes an invoice of a draft. */
export const finalizeInvoice = action({
  name: 'Finalize an invoice',
  description: 'Gives a draft its number; it can be paid from then on, and changed no more.',
  input: z.strictObject({
    invoice: invoiceField,
    collects: z.boolean().default(true).meta({
      title: 'Stripe collects the money',
      description: 'Charges the card on file, or reminds of the invoice that was sent, as the invoice says.',
    }),
  }),
  output: invoiceSchema,
  sampleInput: { invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv' },
  sampleOutput: { ...sampleInvoice, number: 'A-0001', status: 'open' },
  run: (context) => {
    const { invoice, collects } = context.input
    // A draft of "Create an invoice" waits for this: without it Stripe would never charge.
    const body = { auto_advance: collects }
    return change(context, { url: `${invoicePath(invoice)}/finalize`, body, answer: invoiceSchema })
  },
})
