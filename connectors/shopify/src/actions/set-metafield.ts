import { action, z } from '@inlay/sdk/connector'
import { change } from '../shopify-api.js'

const metafield = z.object({
  id: z.string().meta({ title: 'Metafield id' }),
  namespace: z.string().meta({ title: 'Namespace' }),
  key: z.string().meta({ title: 'Key' }),
  value: z.string().meta({ title: 'Value' }),
})

/** Sets a metafield. */
export const setMetafield = action({
  name: 'Set a metafield',
  description: 'Sets a field of your own on an order, customer, product or variant.',
  input: z.strictObject({
    owner: z
      .string()
      .startsWith('gid://shopify/', 'must be a global id, such as gid://shopify/Product/1')
      .meta({ title: 'Owner', description: 'Whose field it is.', examples: ['gid://shopify/Product/20995642'] }),
    namespace: z.string().min(3).default('custom').meta({ title: 'Namespace' }),
    key: z
      .string()
      .min(2)
      .meta({ title: 'Key', examples: ['material'] }),
    type: z
      .string()
      .default('single_line_text_field')
      .meta({ title: 'Type', examples: ['single_line_text_field', 'number_integer', 'json'] }),
    value: z.string().meta({ title: 'Value', examples: ['95% cotton'] }),
  }),
  output: metafield,
  sampleInput: { owner: 'gid://shopify/Product/20995642', key: 'material', value: '95% cotton' },
  sampleOutput: { id: 'gid://shopify/Metafield/1', namespace: 'custom', key: 'material', value: '95% cotton' },
  run: async (context) => {
    const { owner, ...field } = context.input
    const { metafields } = await change(context, {
      query: `mutation Set($metafields: [MetafieldsSetInput!]!) { result: metafieldsSet(metafields: $metafields) {
        metafields { id namespace key value } userErrors { field message } } }`,
      variables: { metafields: [{ ownerId: owner, ...field }] },
      data: z.object({ metafields: z.tuple([metafield], metafield) }),
    })
    return metafields[0]
  },
})
