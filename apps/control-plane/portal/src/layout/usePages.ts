import { useInfiniteQuery } from '@tanstack/react-query'

interface Page<T> {
  readonly data: readonly T[]
  readonly nextCursor: string | null
}

/** A list that grows page by page. */
export function usePages<T>(key: readonly unknown[], read: (cursor: { cursor?: string }) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam === '' ? {} : { cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  return { ...query, rows: query.data?.pages.flatMap((page) => page.data) ?? [] }
}
