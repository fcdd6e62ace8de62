import { action, z } from '@inlay/sdk/connector'
import { customerFields, customerSchema, sampleCustomer } from '../customer.js'
import { metadataField } from '../fields.js'
import { change } from '../stripe-api.js'

/** Creates a customer. */
export const createCustomer = action({
  name: 'Create a customer',
  description: 'Creates a customer. Stripe keeps several of the same e-mail address: look for one first.',
  input: z.strictObject({ ...customerFields, metadata: metadataField }),
  output: customerSchema,
  sampleInput: { email: 'jennyrosen@example.com', name: 'Jenny Rosen' },
  sampleOutput: sampleCustomer,
  run: (context) => change(context, { url: '/v1/customers', body: context.input, answer: customerSchema }),
})
