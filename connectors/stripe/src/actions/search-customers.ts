import { action, z } from '@inlay/sdk/connector'
import { customerSchema, sampleCustomer } from '../customer.js'
import { limitField } from '../fields.js'
import { searchAll } from '../stripe-api.js'

/** Searches customers. */
export const searchCustomers = action({
  name: 'Search customers',
  description: 'Finds customers by Stripe’s search words. What is new is found after about a minute.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .meta({ title: 'Search', examples: ["name~'rosen'", "metadata['plan']:'gold'"] }),
    limit: limitField,
  }),
  output: z.object({ customers: z.array(customerSchema).meta({ title: 'Customers' }) }),
  sampleInput: { query: "name~'rosen'" },
  sampleOutput: { customers: [sampleCustomer] },
  run: async (context) => ({
    customers: await searchAll(context, { url: '/v1/customers/search', item: customerSchema, ...context.input }),
  }),
})
