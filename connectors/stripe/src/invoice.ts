import { z } from '@inlay/sdk/connector'

/** An invoice as Stripe tells of one. */
export const invoiceSchema = z.object({
  id: z.string().meta({ title: 'Invoice id' }),
  number: z.string().nullish().meta({ title: 'Number' }),
  status: z.string().nullish().meta({ title: 'Status' }),
  customer: z.string().nullish().meta({ title: 'Customer id' }),
  customer_email: z.string().nullish().meta({ title: 'E-mail address' }),
  currency: z.string().meta({ title: 'Currency' }),
  total: z.number().meta({ title: 'Total', description: 'In the smallest unit of the currency.' }),
  amount_due: z.number().meta({ title: 'Amount due' }),
  hosted_invoice_url: z.string().nullish().meta({ title: 'Page of the invoice' }),
  invoice_pdf: z.string().nullish().meta({ title: 'PDF' }),
  created: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
})

/** An invoice as in Stripe's documentation. */
export const sampleInvoice = {
  id: 'in_1MtHbELkdIwHu7ixl4OzzPMv',
  number: null,
  status: 'draft',
  customer: 'cus_NffrFeUfNV2Hib',
  customer_email: 'jennyrosen@example.com',
  currency: 'usd',
  total: 1099,
  amount_due: 1099,
  hosted_invoice_url: null,
  invoice_pdf: null,
  created: 1680644467,
}

/** The field by which actions name an invoice. */
export const invoiceField = z
  .string()
  .min(1)
  .meta({ title: 'Invoice', description: 'Id of the invoice.', examples: ['in_1MtHbELkdIwHu7ixl4OzzPMv'] })

/** The path of an invoice in the API. */
export function invoicePath(id: string): string {
  return `/v1/invoices/${encodeURIComponent(id)}`
}
