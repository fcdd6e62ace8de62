import { action, StepError, z } from '@inlay/sdk/connector'
import { PRODUCT_FIELDS, productField, productSchema, sampleProduct } from '../product.js'
import { ask, globalId } from '../shopify-api.js'

/** Reads a product. */
export const getProduct = action({
  name: 'Get a product',
  description: 'Reads one product with its variants.',
  input: z.strictObject({ product: productField }),
  output: productSchema,
  sampleInput: { product: 'gid://shopify/Product/20995642' },
  sampleOutput: sampleProduct,
  scopes: ['read_products'],
  run: async (context) => {
    const { product } = await ask(context, {
      query: `query Product($id: ID!) { product(id: $id) { ${PRODUCT_FIELDS} } }`,
      variables: { id: globalId('Product', context.input.product) },
      data: z.object({ product: productSchema.nullable() }),
    })
    if (product !== null) return product
    throw new StepError('rejected', 'Shopify has no such product', { detail: context.input.product })
  },
})
