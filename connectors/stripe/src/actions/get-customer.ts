import { action, StepError, z } from '@inlay/sdk/connector'
import { customerOptions } from '../choices.js'
import { customerSchema, sampleCustomer } from '../customer.js'
import { customerField } from '../fields.js'
import { stripe } from '../stripe-api.js'

const deleted = z.object({ id: z.string(), deleted: z.literal(true) })

/** Reads a customer. */
export const getCustomer = action({
  name: 'Get a customer',
  description: 'Reads one customer by its id.',
  input: z.strictObject({ customer: customerField }),
  output: customerSchema,
  sampleInput: { customer: 'cus_NffrFeUfNV2Hib' },
  sampleOutput: sampleCustomer,
  options: { customer: customerOptions },
  run: async (context) => {
    const url = `/v1/customers/${encodeURIComponent(context.input.customer)}`
    const customer = await stripe.call(context, { url, answer: customerSchema.or(deleted) })
    if (!('deleted' in customer)) return customer
    throw new StepError('rejected', 'Stripe has no such customer any more', { detail: `${customer.id} was deleted.` })
  },
})
