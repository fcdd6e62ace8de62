import { action, z } from '@inlay/sdk/connector'
import { amountField, currencyField, metadataField } from '../fields.js'
import { change } from '../stripe-api.js'

const priceSchema = z.object({
  id: z.string().meta({ title: 'Price id' }),
  product: z.string().meta({ title: 'Product id' }),
  currency: z.string().meta({ title: 'Currency' }),
  unit_amount: z.number().nullish().meta({ title: 'Amount' }),
  type: z.string().meta({ title: 'Once or recurring' }),
  active: z.boolean().meta({ title: 'In use' }),
})

/** Creates a price. */
export const createPrice = action({
  name: 'Create a price',
  description: 'Creates a price of a product that is there, or of a new one.',
  input: z
    .strictObject({
      product: z
        .string()
        .optional()
        .meta({ title: 'Product', description: 'Id of a product that is there.', examples: ['prod_NZKdYqrwEYx6iK'] }),
      productName: z
        .string()
        .optional()
        .meta({ title: 'Name of a new product', examples: ['Gold plan'] }),
      amount: amountField,
      currency: currencyField,
      interval: z
        .enum(['day', 'week', 'month', 'year'])
        .optional()
        .meta({ title: 'Recurs every', description: 'When empty, it is paid once.' }),
      nickname: z.string().optional().meta({ title: 'Note', description: 'Customers do not see it.' }),
      metadata: metadataField,
    })
    .refine(({ product, productName }) => (product === undefined) !== (productName === undefined), {
      message: 'name a product, or a new one, and not both',
      path: ['product'],
    }),
  output: priceSchema,
  sampleInput: { productName: 'Gold plan', amount: 1000, currency: 'usd', interval: 'month' },
  sampleOutput: {
    id: 'price_1MoBy5LkdIwHu7ixZhnattbh',
    product: 'prod_NZKdYqrwEYx6iK',
    currency: 'usd',
    unit_amount: 1000,
    type: 'recurring',
    active: true,
  },
  run: (context) => {
    const { product, productName, amount, interval, ...rest } = context.input
    return change(context, {
      url: '/v1/prices',
      body: {
        ...rest,
        product,
        product_data: productName === undefined ? undefined : { name: productName },
        unit_amount: amount,
        recurring: interval && { interval },
      },
      answer: priceSchema,
    })
  },
})
