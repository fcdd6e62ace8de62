import { action, z } from '@inlay/sdk/connector'
import { limitField, queryField } from '../fields.js'
import { LISTED_PRODUCT_FIELDS, productSchema, sampleProduct } from '../product.js'
import { searchAll } from '../shopify-api.js'

const DOCUMENT = `query Products($query: String, $first: Int!, $after: String) {
  found: products(query: $query, first: $first, after: $after) {
    nodes { ${LISTED_PRODUCT_FIELDS} } pageInfo { hasNextPage endCursor }
  } }`

/** Search products. */
export const searchProducts = action({
  name: 'Search products',
  description: 'Finds products, each with its first 20 variants.',
  input: z.strictObject({ query: queryField, limit: limitField }),
  output: z.object({ products: z.array(productSchema).meta({ title: 'Products' }) }),
  sampleInput: { query: 'tag:vip' },
  sampleOutput: { products: [sampleProduct] },
  scopes: ['read_products'],
  run: async (context) => ({
    products: await searchAll(context, {
      document: DOCUMENT,
      ...context.input,
      query: context.input.query,
      node: productSchema,
    }),
  }),
})
