import { action, collectPages, z } from '@inlay/sdk/connector'
import { customerSchema, sampleCustomer } from '../customer.js'
import { limitField } from '../fields.js'
import { stripe } from '../stripe-api.js'

const found = z.object({ data: z.array(customerSchema), has_more: z.boolean(), next_page: z.string().nullish() })

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
  run: async (context) => {
    const { query, limit } = context.input
    const read = async (page: string) => {
      const { data, has_more, next_page } = await stripe.call(context, {
        url: '/v1/customers/search',
        query: { query, limit: Math.min(limit, 100), page: page === '' ? undefined : page },
        answer: found,
      })
      return { items: data, next: has_more ? (next_page ?? undefined) : undefined }
    }
    return { customers: await collectPages(read, '', { maxItems: limit }) }
  },
})
