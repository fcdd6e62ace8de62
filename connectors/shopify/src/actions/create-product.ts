import { action, z } from '@inlay/sdk/connector'
import { PRODUCT_FIELDS, productSchema, sampleProduct } from '../product.js'
import { change } from '../shopify-api.js'

/** Creates a product. */
export const createProduct = action({
  name: 'Create a product',
  description: 'Creates a product, as a draft unless you say otherwise.',
  input: z.strictObject({
    title: z
      .string()
      .min(1)
      .meta({ title: 'Title', examples: ['Element'] }),
    descriptionHtml: z.string().optional().meta({ title: 'Description', description: 'HTML.', format: 'multiline' }),
    vendor: z.string().optional().meta({ title: 'Vendor' }),
    productType: z.string().optional().meta({ title: 'Kind' }),
    tags: z.array(z.string()).optional().meta({ title: 'Tags' }),
    status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']).default('DRAFT').meta({ title: 'Status' }),
  }),
  output: productSchema,
  sampleInput: { title: 'Element' },
  sampleOutput: sampleProduct,
  scopes: ['write_products'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { product } = await change(context, {
      query: `mutation Create($product: ProductCreateInput!) { result: productCreate(product: $product) {
        product { ${PRODUCT_FIELDS} } userErrors { field message } } }`,
      variables: { product: context.input },
      data: z.object({ product: productSchema }),
    })
    return product
  },
})
