import { service, z } from '@inlay/sdk/connector'

/** Acme's API: what it refuses becomes an error of the right kind. */
export const acme = service({ name: 'Acme' })

/** An order, as the API gives it. */
export const order = z.object({
  id: z.string().meta({ title: 'Order number' }),
  customer_id: z.string().meta({ title: 'Customer' }),
  status: z.enum(['open', 'paid', 'shipped']).meta({ title: 'Status' }),
  total: z.number().meta({ title: 'Total' }),
  updated_at: z.string().meta({ title: 'Changed at', format: 'date-time' }),
})

/** An order as it could be, for the builder before the first run. */
export const sampleOrder = {
  id: 'A-1001',
  customer_id: 'C-7',
  status: 'open' as const,
  total: 129.5,
  updated_at: '2026-05-04T09:30:00Z',
}
