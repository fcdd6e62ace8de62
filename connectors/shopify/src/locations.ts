import { type OptionsContext, z } from '@inlay/sdk/connector'
import { ask } from './shopify-api.js'

/** Places where the shop keeps stock. */
export async function locationOptions(context: OptionsContext) {
  const { locations } = await ask(context, {
    query: 'query Locations { locations(first: 100) { nodes { id name } } }',
    data: z.object({ locations: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }) }),
  })
  return locations.nodes.map(({ id, name }) => ({ value: id, label: name }))
}
