import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { client } from './client.js'

/**
 * The address that the tenant's pages and programs are to call: that of its own domain once one is in use, else the public
 * one of the configuration. Never the browser's: a portal may be open behind a tunnel or at a name inside of the network,
 * and what is copied from here is used by programs elsewhere, and for long.
 */
export function useOwnOrigin(): UseQueryResult<string> {
  return useQuery({
    queryKey: ['domains', 'own-origin'],
    queryFn: async () => {
      const [{ data }, site] = await Promise.all([client.domains.list.query({}), client.domains.site.query({})])
      return data.find(({ isPrimary }) => isPrimary)?.origin ?? site.origin
    },
  })
}
