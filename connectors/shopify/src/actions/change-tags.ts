import { action, z } from '@inlay/sdk/connector'
import { change } from '../shopify-api.js'

/** Adds tags. */
export const addTags = tagAction('tagsAdd', {
  name: 'Add tags',
  description: 'Adds tags to an order, customer or product; those it has stay.',
})

/** Takes tags away. */
export const removeTags = tagAction('tagsRemove', {
  name: 'Remove tags',
  description: 'Takes tags from an order, customer or product; the others stay.',
})

function tagAction(
  mutation: 'tagsAdd' | 'tagsRemove',
  described: { readonly name: string; readonly description: string },
) {
  return action({
    ...described,
    input: z.strictObject({
      id: z
        .string()
        .startsWith('gid://shopify/', 'must be a global id, such as gid://shopify/Order/1')
        .meta({ title: 'Id', examples: ['gid://shopify/Order/148977776'] }),
      tags: z.array(z.string().min(1)).min(1).meta({ title: 'Tags' }),
    }),
    output: z.object({ id: z.string().meta({ title: 'Id' }) }),
    sampleInput: { id: 'gid://shopify/Order/148977776', tags: ['vip'] },
    sampleOutput: { id: 'gid://shopify/Order/148977776' },
    run: async (context) => {
      const { node } = await change(context, {
        query: `mutation Tag($id: ID!, $tags: [String!]!) { result: ${mutation}(id: $id, tags: $tags) {
          node { id } userErrors { field message } } }`,
        variables: context.input,
        data: z.object({ node: z.object({ id: z.string() }) }),
      })
      return node
    },
  })
}
