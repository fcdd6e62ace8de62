import { action, z } from '@inlay/sdk/connector'
import { api, item, sampleItem } from '../service.js'

/** Creates an item. */
export const createItem = action({
  name: 'Create an item',
  description: 'Creates an item in a list.',
  input: z.strictObject({
    list: z.string().min(1).meta({ title: 'List' }),
    title: z
      .string()
      .min(1)
      .meta({ title: 'Title', examples: ['Tea'] }),
  }),
  output: item,
  sampleInput: { list: 'list-1', title: 'Tea' },
  sampleOutput: sampleItem,
  options: {
    list: async (context) => {
      const lists = await api.call(context, {
        url: '/lists',
        answer: z.array(z.object({ id: z.string(), name: z.string() })),
      })
      return lists.map(({ id, name }) => ({ value: id, label: name }))
    },
  },
  run: (context) =>
    api.call(context, {
      method: 'POST',
      url: `/lists/${encodeURIComponent(context.input.list)}/items`,
      // The same for every attempt: a service that honours it creates one item, however often it is asked.
      headers: { 'idempotency-key': context.idempotencyKey },
      json: { title: context.input.title },
      answer: item,
    }),
})
