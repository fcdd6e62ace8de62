import { z } from '@inlay/sdk/connector'

/** A customer as Stripe tells of one. */
export const customerSchema = z.object({
  id: z.string().meta({ title: 'Customer id' }),
  name: z.string().nullish().meta({ title: 'Name' }),
  email: z.string().nullish().meta({ title: 'E-mail address' }),
  phone: z.string().nullish().meta({ title: 'Phone' }),
  description: z.string().nullish().meta({ title: 'Description' }),
  created: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
  livemode: z.boolean().meta({ title: 'Live mode' }),
  metadata: z.record(z.string(), z.string()).default({}).meta({ title: 'Metadata' }),
})

/** A customer as in Stripe's documentation. */
export const sampleCustomer = {
  id: 'cus_NffrFeUfNV2Hib',
  name: 'Jenny Rosen',
  email: 'jennyrosen@example.com',
  phone: null,
  description: null,
  created: 1680893993,
  livemode: false,
  metadata: {},
}

/** What can be said of a customer. */
export const customerFields = {
  email: z
    .email()
    .optional()
    .meta({ title: 'E-mail address', examples: ['jennyrosen@example.com'] }),
  name: z
    .string()
    .optional()
    .meta({ title: 'Name', examples: ['Jenny Rosen'] }),
  phone: z.string().optional().meta({ title: 'Phone' }),
  description: z.string().optional().meta({ title: 'Description' }),
}
