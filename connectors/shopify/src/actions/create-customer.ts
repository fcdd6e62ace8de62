import { action, z } from '@inlay/sdk/connector'
import { CUSTOMER_FIELDS, customerInput, customerSchema, sampleCustomer } from '../customer.js'
import { change } from '../shopify-api.js'

/** Creates a customer. */
export const createCustomer = action({
  name: 'Create a customer',
  description: 'Creates a customer. Shopify refuses an e-mail address or phone that is known already.',
  input: z.strictObject(customerInput),
  output: customerSchema,
  sampleInput: { email: 'bob@mail.example.com', firstName: 'Bob' },
  sampleOutput: sampleCustomer,
  scopes: ['write_customers'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { customer } = await change(context, {
      query: `mutation Create($input: CustomerInput!) { result: customerCreate(input: $input) {
        customer { ${CUSTOMER_FIELDS} } userErrors { field message } } }`,
      variables: { input: context.input },
      data: z.object({ customer: customerSchema }),
    })
    return customer
  },
})
