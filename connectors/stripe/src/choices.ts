import { type OptionsContext, type OptionsPage, z } from '@inlay/sdk/connector'
import { stripe } from './stripe-api.js'

const customers = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string().nullish(), email: z.string().nullish() })),
  has_more: z.boolean(),
})

/** Customers of the account, by name or e-mail address. */
export const customerOptions = {
  isSearchable: true,
  load: async (context: OptionsContext): Promise<OptionsPage> => {
    const text = context.search.replace(/["\\]/g, '')
    const isSearch = text.length >= 3
    const { data, has_more } = await stripe.call(context, {
      url: isSearch ? '/v1/customers/search' : '/v1/customers',
      query: isSearch
        ? { query: `name~"${text}" OR email~"${text}"`, limit: 100 }
        : { limit: 100, starting_after: context.cursor },
      answer: customers,
    })
    const last = data.at(-1)?.id
    return {
      options: data.map(({ id, name, email }) => ({
        value: id,
        label: name || email || id,
        ...(name && email ? { description: email } : {}),
      })),
      ...(has_more && !isSearch && last !== undefined ? { nextCursor: last } : {}),
    }
  },
}

const prices = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      nickname: z.string().nullish(),
      currency: z.string(),
      unit_amount: z.number().nullish(),
      recurring: z.object({ interval: z.string() }).nullish(),
      product: z.object({ name: z.string().nullish() }).or(z.string()),
    }),
  ),
  has_more: z.boolean(),
})

/** Active prices with the names of their products. */
export async function priceOptions(context: OptionsContext): Promise<OptionsPage> {
  const { data, has_more } = await stripe.call(context, {
    url: '/v1/prices',
    query: { active: true, limit: 100, 'expand[]': 'data.product', starting_after: context.cursor },
    answer: prices,
  })
  const last = data.at(-1)?.id
  return {
    options: data.map(({ id, nickname, currency, unit_amount, recurring, product }) => {
      const amount = `${unit_amount ?? 'variable'} ${currency}${recurring ? ` per ${recurring.interval}` : ''}`
      return {
        value: id,
        label: nickname || (typeof product === 'string' ? id : product.name || id),
        description: amount,
      }
    }),
    ...(has_more && last !== undefined ? { nextCursor: last } : {}),
  }
}
