import { useQuery } from '@tanstack/react-query'
import { client } from '../client.js'

const STALE_MS = 300_000

/** The name of a customer, for lists that know its id. One request names the newest hundred; others are asked for. */
export function CustomerName({ id }: { readonly id: string }) {
  const newest = useQuery({
    queryKey: ['customers', 'names'],
    queryFn: async () => {
      const { data } = await client.customers.list.query({ limit: 100 })
      return Object.fromEntries(data.map((customer) => [customer.id, customer.name]))
    },
    staleTime: STALE_MS,
  })
  const known = newest.data?.[id]
  const single = useQuery({
    queryKey: ['customer', id],
    queryFn: () => client.customers.get.query({ id }),
    enabled: newest.isSuccess && known === undefined,
    staleTime: STALE_MS,
  })
  return known ?? single.data?.name
}
