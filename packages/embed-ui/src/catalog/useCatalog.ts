import type { ConnectorCategory } from '@inlay/engine'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ConnectorListing } from '../data/api-types.js'
import { isAppOffered } from '../data/guardrails.js'
import { useDebounced } from '../hooks/useDebounced.js'
import { useEditor } from '../hooks/useEditor.js'
import { matchesSearch } from '../search/folded-text.js'
import type { MemberKind } from './rows.js'

/** Apps of one page. */
const PAGE_SIZE = 50
const SEARCH_PAUSE_MS = 180

export interface CatalogQuery {
  /** Only apps that have some. */
  readonly kind: MemberKind
  readonly search: string
  readonly category: ConnectorCategory | undefined
}

/** Apps of the catalog, a page at a time. */
export function useCatalog({ kind, search, category }: CatalogQuery) {
  const { client, offer } = useEditor()
  const wanted = useDebounced(search.trim(), SEARCH_PAUSE_MS)
  const query = useInfiniteQuery({
    queryKey: ['catalog', wanted, category],
    queryFn: ({ pageParam }) =>
      client.connectors.list.query({
        limit: PAGE_SIZE,
        ...(wanted === '' ? {} : { search: wanted }),
        ...(category === undefined ? {} : { category }),
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const all: readonly ConnectorListing[] = (query.data?.pages ?? []).flatMap(({ data }) => data)
  // Until the answer is there, those of the search before are shown as far as they fit: Enter must not choose another one.
  const isBehind = wanted !== search.trim() || query.isPlaceholderData
  const apps = all.filter(
    ({ id, name, description, counts }) =>
      (kind === 'action' ? counts.actions : counts.triggers) > 0 &&
      isAppOffered(offer, id) &&
      (!isBehind || matchesSearch(search, [name, description])),
  )
  return {
    apps,
    isPending: query.isPending || (isBehind && apps.length === 0),
    error: query.error,
    hasMore: query.hasNextPage && !isBehind,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}
