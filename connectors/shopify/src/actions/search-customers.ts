import { action, z } from '@inlay/sdk/connector'
import { CUSTOMER_FIELDS, customerSchema, sampleCustomer } from '../customer.js'
import { limitField, queryField } from '../fields.js'
import { searchAll } from '../shopify-api.js'

const DOCUMENT = `query Customers($query: String, $first: Int!, $after: String) {
  found: customers(query: $query, first: $first, after: $after) {
    nodes { ${CUSTOMER_FIELDS} } pageInfo { hasNextPage endCursor }
  } }`

/** Search customers. */
export const searchCustomers = action({
  name: 'Search customers',
  description: 'Finds customers by e-mail address, name, tag and more.',
  input: z.strictObject({ query: queryField, limit: limitField }),
  output: z.object({ customers: z.array(customerSchema).meta({ title: 'Customers' }) }),
  sampleInput: { query: 'tag:vip' },
  sampleOutput: { customers: [sampleCustomer] },
  scopes: ['read_customers'],
  run: async (context) => ({
    customers: await searchAll(context, {
      document: DOCUMENT,
      ...context.input,
      query: context.input.query,
      node: customerSchema,
    }),
  }),
})
