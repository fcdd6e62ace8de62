import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

interface Page<T> {
  readonly data: readonly T[]
  readonly nextCursor: string | null
}

/** A list that grows page by page. While another search or filter is under way, what was found before stays. */
export function usePages<T>(key: readonly unknown[], read: (cursor: { cursor?: string }) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam === '' ? {} : { cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  return { ...query, rows: query.data?.pages.flatMap((page) => page.data) ?? [] }
}
