import { action, z } from '@inlay/sdk/connector'
import { CUSTOMER_FIELDS, customerInput, customerSchema, sampleCustomer } from '../customer.js'
import { change, globalId } from '../shopify-api.js'

/** Changes a customer. */
export const updateCustomer = action({
  name: 'Change a customer',
  description: 'Changes what is given; the rest stays as it is.',
  input: z.strictObject({
    customer: z
      .string()
      .min(1)
      .meta({ title: 'Customer', description: 'Its id.', examples: ['gid://shopify/Customer/544365967'] }),
    ...customerInput,
  }),
  output: customerSchema,
  sampleInput: { customer: 'gid://shopify/Customer/544365967', note: 'Likes tea' },
  sampleOutput: { ...sampleCustomer, note: 'Likes tea' },
  scopes: ['write_customers'],
  run: async (context) => {
    const { customer: id, ...fields } = context.input
    const { customer } = await change(context, {
      query: `mutation Change($input: CustomerInput!) { result: customerUpdate(input: $input) {
        customer { ${CUSTOMER_FIELDS} } userErrors { field message } } }`,
      variables: { input: { id: globalId('Customer', id), ...fields } },
      data: z.object({ customer: customerSchema }),
    })
    return customer
  },
})
