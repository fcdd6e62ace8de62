import { action, z } from '@inlay/sdk/connector'
import { customerOptions } from '../choices.js'
import { customerField, limitField } from '../fields.js'
import { invoiceSchema, sampleInvoice } from '../invoice.js'
import { listAll } from '../stripe-api.js'

/** Lists invoices. */
export const listInvoices = action({
  name: 'List invoices',
  description: 'Lists invoices, newest first, over as many pages as it takes.',
  input: z.strictObject({
    customer: customerField.optional(),
    status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).optional().meta({ title: 'Status' }),
    limit: limitField,
  }),
  output: z.object({ invoices: z.array(invoiceSchema).meta({ title: 'Invoices' }) }),
  sampleInput: { status: 'open' },
  sampleOutput: { invoices: [{ ...sampleInvoice, status: 'open' }] },
  options: { customer: customerOptions },
  run: async (context) => {
    const { limit, ...query } = context.input
    return { invoices: await listAll(context, { url: '/v1/invoices', query, item: invoiceSchema, limit }) }
  },
})
