import { jsonObject, type OptionsDefinition, type SchemaDefinition, z } from '@inlay/sdk/connector'
import { acme } from './acme.js'

const customerPage = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string(), city: z.string() })),
  next_cursor: z.string().nullable(),
})

/** Customers by name, page by page; Acme itself searches. */
export const customerOptions: OptionsDefinition = {
  isSearchable: true,
  load: async (context) => {
    const { search, cursor } = context
    const { data, next_cursor } = await acme.call(context, {
      url: '/customers',
      query: { limit: 50, q: search === '' ? undefined : search, cursor },
      answer: customerPage,
    })
    const options = data.map(({ id, name, city }) => ({ value: id, label: name, description: city }))
    return next_cursor === null ? { options } : { options, nextCursor: next_cursor }
  },
}

/** The kinds of orders that an account has set up. */
export const orderTypeOptions: OptionsDefinition = async (context) => {
  const types = await acme.call(context, {
    url: '/order-types',
    answer: z.array(z.object({ key: z.string(), label: z.string() })),
  })
  return types.map(({ key, label }) => ({ value: key, label }))
}

/** The fields that an account has added to a kind of order: their shape is known to Acme alone. */
export const customFields: SchemaDefinition = {
  dependsOn: ['type'],
  load: async (context) => {
    const type = String(context.input['type'] ?? '')
    return acme.call(context, { url: `/order-types/${encodeURIComponent(type)}/schema`, answer: jsonObject })
  },
}
