import { useQuery } from '@tanstack/react-query'
import { client } from './client.js'

/** The address that the tenant's pages and programs are to call: that of its own domain, once one is in use. */
export function useOwnOrigin(): string {
  const domains = useQuery({ queryKey: ['domains'], queryFn: () => client.domains.list.query({}) })
  return domains.data?.data.find(({ isPrimary }) => isPrimary)?.origin ?? window.location.origin
}
