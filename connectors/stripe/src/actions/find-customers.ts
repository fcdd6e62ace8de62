import { action, z } from '@inlay/sdk/connector'
import { customerSchema, sampleCustomer } from '../customer.js'
import { limitField } from '../fields.js'
import { listAll } from '../stripe-api.js'

/** Finds customers by their e-mail address. */
export const findCustomers = action({
  name: 'Find customers by e-mail address',
  description: 'Finds the customers of exactly this e-mail address, newest first; all, without one.',
  input: z.strictObject({
    email: z
      .string()
      .optional()
      .meta({
        title: 'E-mail address',
        description: 'Small and capital letters count.',
        examples: ['jennyrosen@example.com'],
      }),
    limit: limitField,
  }),
  output: z.object({ customers: z.array(customerSchema).meta({ title: 'Customers' }) }),
  sampleInput: { email: 'jennyrosen@example.com' },
  sampleOutput: { customers: [sampleCustomer] },
  run: async (context) => {
    const { email, limit } = context.input
    return {
      customers: await listAll(context, { url: '/v1/customers', query: { email }, item: customerSchema, limit }),
    }
  },
})
