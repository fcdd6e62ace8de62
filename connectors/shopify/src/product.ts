import { z } from '@inlay/sdk/connector'

const PRODUCT_HEAD = 'id title handle status vendor productType tags'
const VARIANT_FIELDS = 'id title sku price inventoryQuantity inventoryItem { id }'
/** What is asked of one product. */
export const PRODUCT_FIELDS = `${PRODUCT_HEAD} variants(first: 250) { nodes { ${VARIANT_FIELDS} } }`
/** What is asked of each product of a list: Shopify takes no query that may cost more than 1,000 points. */
export const LISTED_PRODUCT_FIELDS = `${PRODUCT_HEAD} variants(first: 20) { nodes { ${VARIANT_FIELDS} } }`

/** A product as Shopify tells of one. */
export const productSchema = z.object({
  id: z.string().meta({ title: 'Product id' }),
  title: z.string().meta({ title: 'Title' }),
  handle: z.string().meta({ title: 'Handle' }),
  status: z.string().meta({ title: 'Status' }),
  vendor: z.string().meta({ title: 'Vendor' }),
  productType: z.string().meta({ title: 'Kind' }),
  tags: z.array(z.string()).meta({ title: 'Tags' }),
  variants: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string().meta({ title: 'Variant id' }),
          title: z.string().meta({ title: 'Title' }),
          sku: z.string().nullish().meta({ title: 'SKU' }),
          price: z.string().meta({ title: 'Price' }),
          inventoryQuantity: z.number().nullish().meta({ title: 'In stock' }),
          inventoryItem: z.object({ id: z.string().meta({ title: 'Stock item id' }) }).meta({ title: 'Stock item' }),
        }),
      ),
    })
    .meta({ title: 'Variants' }),
})

/** A product as in Shopify's documentation. */
export const sampleProduct = {
  id: 'gid://shopify/Product/20995642',
  title: 'Element',
  handle: 'element',
  status: 'ACTIVE',
  vendor: 'Acme',
  productType: 'Board',
  tags: ['new'],
  variants: {
    nodes: [
      {
        id: 'gid://shopify/ProductVariant/43729076',
        title: '151cm',
        sku: 'element-151',
        price: '10.00',
        inventoryQuantity: 5,
        inventoryItem: { id: 'gid://shopify/InventoryItem/43729076' },
      },
    ],
  },
}

/** The field by which actions name a product. */
export const productField = z
  .string()
  .min(1)
  .meta({ title: 'Product', description: 'Id of the product.', examples: ['gid://shopify/Product/20995642'] })
