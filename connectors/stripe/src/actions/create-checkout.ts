import { action, z } from '@inlay/sdk/connector'
import { customerOptions, priceOptions } from '../choices.js'
import { customerField, metadataField, priceField } from '../fields.js'
import { change } from '../stripe-api.js'

const sessionSchema = z.object({
  id: z.string().meta({ title: 'Checkout id' }),
  url: z.string().nullish().meta({ title: 'Address', description: 'Where the customer pays.' }),
  status: z.string().nullish().meta({ title: 'Status' }),
  payment_status: z.string().meta({ title: 'Paid or not' }),
  expires_at: z.number().meta({ title: 'Expires', description: 'Unix seconds.' }),
})

/** Creates a page on which a customer pays. */
export const createCheckout = action({
  name: 'Create a checkout page',
  description: 'Creates a page of Stripe Checkout, on which a customer pays or subscribes.',
  input: z.strictObject({
    mode: z.enum(['payment', 'subscription']).default('payment').meta({ title: 'Kind' }),
    price: priceField,
    quantity: z.coerce.number().int().min(1).default(1).meta({ title: 'Quantity' }),
    successUrl: z.url().meta({ title: 'Address after it is paid', examples: ['https://acme.example/thanks'] }),
    cancelUrl: z.url().optional().meta({ title: 'Address to go back to' }),
    customer: customerField.optional(),
    reference: z
      .string()
      .max(200)
      .optional()
      .meta({ title: 'Your own reference', examples: ['A-1001'] }),
    metadata: metadataField,
  }),
  output: sessionSchema,
  sampleInput: { price: 'price_1MoBy5LkdIwHu7ixZhnattbh', successUrl: 'https://acme.example/thanks' },
  sampleOutput: {
    id: 'cs_test_example',
    url: 'https://checkout.stripe.com/c/pay/cs_test_example',
    status: 'open',
    payment_status: 'unpaid',
    expires_at: 1679712639,
  },
  options: { customer: customerOptions, price: priceOptions },
  run: (context) => {
    const { mode, price, quantity, successUrl, cancelUrl, customer, reference, metadata } = context.input
    return change(context, {
      url: '/v1/checkout/sessions',
      body: {
        mode,
        line_items: [{ price, quantity }],
        success_url: successUrl,
        cancel_url: cancelUrl,
        customer,
        client_reference_id: reference,
        metadata,
      },
      answer: sessionSchema,
    })
  },
})
