import { action, z } from '@inlay/sdk/connector'
import { priceOptions } from '../choices.js'
import { metadataField, priceField } from '../fields.js'
import { change } from '../stripe-api.js'

/** Creates an address where anybody pays. */
export const createPaymentLink = action({
  name: 'Create a payment link',
  description: 'Creates an address where any number of people can pay for a price or subscribe to it.',
  input: z.strictObject({
    price: priceField,
    quantity: z.coerce.number().int().min(1).default(1).meta({ title: 'Quantity' }),
    allowsPromotionCodes: z.boolean().default(false).meta({ title: 'People may enter promotion codes' }),
    redirectUrl: z
      .url()
      .optional()
      .meta({ title: 'Address after it is paid', description: 'A page of Stripe, when empty.' }),
    metadata: metadataField,
  }),
  output: z.object({
    id: z.string().meta({ title: 'Payment link id' }),
    url: z.string().meta({ title: 'Address', description: 'Where people pay.' }),
    active: z.boolean().meta({ title: 'In use' }),
  }),
  sampleInput: { price: 'price_1MoBy5LkdIwHu7ixZhnattbh' },
  sampleOutput: { id: 'plink_1MoC3ULkdIwHu7ixZjtGpVl2', url: 'https://buy.stripe.com/test_example', active: true },
  options: { price: priceOptions },
  run: (context) => {
    const { price, quantity, allowsPromotionCodes, redirectUrl, metadata } = context.input
    return change(context, {
      url: '/v1/payment_links',
      body: {
        line_items: [{ price, quantity }],
        allow_promotion_codes: allowsPromotionCodes || undefined,
        after_completion: redirectUrl && { type: 'redirect', redirect: { url: redirectUrl } },
        metadata,
      },
      answer: z.object({ id: z.string(), url: z.string(), active: z.boolean() }),
    })
  },
})
