import { action, z } from '@inlay/sdk/connector'
import { customerOptions } from '../choices.js'
import { amountField, currencyField, customerField, metadataField } from '../fields.js'
import { invoicePath, invoiceSchema, sampleInvoice } from '../invoice.js'
import { change, stripe } from '../stripe-api.js'

/** Creates a draft of an invoice with its lines. */
export const createInvoice = action({
  name: 'Create an invoice',
  description: 'Creates a draft with its lines. Finalize or send it afterwards.',
  input: z.strictObject({
    customer: customerField,
    currency: currencyField,
    lines: z
      .array(z.strictObject({ amount: amountField, description: z.string().min(1).meta({ title: 'Description' }) }))
      .min(1)
      .max(100)
      .meta({ title: 'Lines' }),
    daysUntilDue: z.coerce.number().int().min(0).optional().meta({
      title: 'Days to pay',
      description:
        'The invoice is sent by e-mail. When empty, the card on file is charged once the invoice is finalized.',
    }),
    description: z.string().optional().meta({ title: 'Description' }),
    metadata: metadataField,
  }),
  output: invoiceSchema,
  sampleInput: {
    customer: 'cus_NffrFeUfNV2Hib',
    currency: 'usd',
    lines: [{ amount: 1099, description: 'Order A-1001' }],
    daysUntilDue: 14,
  },
  sampleOutput: sampleInvoice,
  options: { customer: customerOptions },
  run: async (context) => {
    const { customer, currency, lines, daysUntilDue, ...rest } = context.input
    const collection =
      daysUntilDue === undefined
        ? { collection_method: 'charge_automatically' }
        : { collection_method: 'send_invoice', days_until_due: daysUntilDue }
    const { id } = await change(context, {
      url: '/v1/invoices',
      body: { customer, currency, auto_advance: false, ...collection, ...rest },
      answer: invoiceSchema,
      part: ':invoice',
    })
    for (const [index, line] of lines.entries()) {
      await change(context, {
        url: '/v1/invoiceitems',
        body: { customer, invoice: id, currency, ...line },
        answer: z.object({ id: z.string() }),
        part: `:line-${index}`,
      })
    }
    return stripe.call(context, { url: invoicePath(id), answer: invoiceSchema })
  },
})
