import { service, z } from '@inlay/sdk/connector'

/** The API of Acme: what it refuses becomes an error of the right kind. */
export const api = service({ name: 'Acme' })

/** An item, as the API gives it. */
export const item = z.object({
  id: z.string().meta({ title: 'Item number' }),
  title: z.string().meta({ title: 'Title' }),
  changed_at: z.string().meta({ title: 'Changed at', format: 'date-time' }),
})

/** An item as it could be, for the builder before the first run. */
export const sampleItem = { id: 'item-1', title: 'Tea', changed_at: '2026-05-04T09:30:00Z' }
