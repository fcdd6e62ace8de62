import { useQuery } from '@tanstack/react-query'
import { client } from './client.js'

/** Who is signed in. Read once for all pages. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => client.auth.me.query({}), staleTime: 60_000 }).data
}

/** Tells whether the member's role has a permission: what it has not is not shown. */
export function useMay(): (permission: string) => boolean {
  const me = useMe()
  return (permission) => me?.permissions.some((each) => each === permission) === true
}
