import { action, z } from '@inlay/sdk/connector'
import { PRODUCT_FIELDS, productField, productSchema, sampleProduct } from '../product.js'
import { change, globalId } from '../shopify-api.js'

/** Changes a product. */
export const updateProduct = action({
  name: 'Change a product',
  description: 'Changes what is given; the rest stays as it is. Prices are those of variants.',
  input: z.strictObject({
    product: productField,
    title: z.string().min(1).optional().meta({ title: 'Title' }),
    descriptionHtml: z.string().optional().meta({ title: 'Description', description: 'HTML.', format: 'multiline' }),
    vendor: z.string().optional().meta({ title: 'Vendor' }),
    productType: z.string().optional().meta({ title: 'Kind' }),
    tags: z.array(z.string()).optional().meta({ title: 'Tags', description: 'Replaces those there are.' }),
    status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']).optional().meta({ title: 'Status' }),
  }),
  output: productSchema,
  sampleInput: { product: 'gid://shopify/Product/20995642', status: 'ACTIVE' },
  sampleOutput: sampleProduct,
  scopes: ['write_products'],
  run: async (context) => {
    const { product: id, ...fields } = context.input
    const { product } = await change(context, {
      query: `mutation Change($product: ProductUpdateInput!) { result: productUpdate(product: $product) {
        product { ${PRODUCT_FIELDS} } userErrors { field message } } }`,
      variables: { product: { id: globalId('Product', id), ...fields } },
      data: z.object({ product: productSchema }),
    })
    return product
  },
})
