import { action, z } from '@inlay/sdk/connector'
import { productField } from '../product.js'
import { change, globalId } from '../shopify-api.js'

const variantSchema = z.object({
  id: z.string().meta({ title: 'Variant id' }),
  title: z.string().meta({ title: 'Title' }),
  sku: z.string().nullish().meta({ title: 'SKU' }),
  price: z.string().meta({ title: 'Price' }),
  compareAtPrice: z.string().nullish().meta({ title: 'Price before' }),
})

const price = z.string().regex(/^\d+(\.\d+)?$/, 'must be an amount such as 10.00')

/** Changes price or SKU of a variant. */
export const updateVariant = action({
  name: 'Change a variant',
  description: 'Changes price, SKU or barcode of a variant of a product.',
  input: z.strictObject({
    product: productField,
    variant: z
      .string()
      .min(1)
      .meta({ title: 'Variant', description: 'Its id.', examples: ['gid://shopify/ProductVariant/43729076'] }),
    price: price.optional().meta({ title: 'Price', description: 'In the currency of the shop.', examples: ['10.00'] }),
    compareAtPrice: price.optional().meta({ title: 'Price before', description: 'Shown struck through.' }),
    sku: z.string().optional().meta({ title: 'SKU' }),
    barcode: z.string().optional().meta({ title: 'Barcode' }),
  }),
  output: variantSchema,
  sampleInput: {
    product: 'gid://shopify/Product/20995642',
    variant: 'gid://shopify/ProductVariant/43729076',
    price: '12.50',
  },
  sampleOutput: {
    id: 'gid://shopify/ProductVariant/43729076',
    title: '151cm',
    sku: 'element-151',
    price: '12.50',
    compareAtPrice: null,
  },
  scopes: ['write_products'],
  run: async (context) => {
    const { product, variant, sku, ...fields } = context.input
    const { productVariants } = await change(context, {
      query: `mutation Change($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
        result: productVariantsBulkUpdate(productId: $productId, variants: $variants) {
          productVariants { id title sku price compareAtPrice } userErrors { field message } } }`,
      variables: {
        productId: globalId('Product', product),
        variants: [
          {
            id: globalId('ProductVariant', variant),
            ...fields,
            inventoryItem: sku === undefined ? undefined : { sku },
          },
        ],
      },
      data: z.object({ productVariants: z.tuple([variantSchema], variantSchema) }),
    })
    return productVariants[0]
  },
})
