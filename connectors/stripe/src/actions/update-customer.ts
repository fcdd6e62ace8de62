import { action, z } from '@inlay/sdk/connector'
import { customerOptions } from '../choices.js'
import { customerFields, customerSchema, sampleCustomer } from '../customer.js'
import { customerField, metadataField } from '../fields.js'
import { change } from '../stripe-api.js'

/** Changes a customer. */
export const updateCustomer = action({
  name: 'Change a customer',
  description: 'Changes what is given; the rest stays as it is.',
  input: z.strictObject({ customer: customerField, ...customerFields, metadata: metadataField }),
  output: customerSchema,
  sampleInput: { customer: 'cus_NffrFeUfNV2Hib', phone: '+4930123456' },
  sampleOutput: sampleCustomer,
  options: { customer: customerOptions },
  run: (context) => {
    const { customer, ...body } = context.input
    return change(context, { url: `/v1/customers/${encodeURIComponent(customer)}`, body, answer: customerSchema })
  },
})
