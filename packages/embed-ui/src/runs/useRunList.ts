import type { RunStatus } from '@inlay/engine'
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Page, RunSummary } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLive } from '../hooks/useLive.js'
import { type ListFilters, listInput, writeFilters } from './list-filters.js'
import { mergeRuns, withNewcomers } from './merge-runs.js'

const PAGE_SIZE = 25

type ListData = InfiniteData<Page<RunSummary>, string | null>

interface Newcomers {
  /** The filters they came under. */
  readonly query: string
  readonly runs: readonly RunSummary[]
}

const NOBODY: readonly RunSummary[] = []

/**
 * The runs of a workflow, live. Runs that begin while somebody reads further down wait as `newcomers`.
 *
 * @param isAtTop whether rows may be put at the head without moving what is read
 */
export function useRunList(workflowId: string, filters: ListFilters, isAtTop: () => boolean) {
  const { client } = useEditor()
  const cache = useQueryClient()
  const query = writeFilters(filters)
  const queryKey = ['runs', workflowId, query]
  const [waiting, setWaiting] = useState<Newcomers>({ query, runs: NOBODY })
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      client.runs.list.query({
        workflowId,
        limit: PAGE_SIZE,
        ...listInput(filters, Date.now()),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    // The first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  const told = useRef(new Map<string, RunStatus>())
  const subscribe = useCallback(
    (onEvent: () => void) =>
      client.runs.watchList.subscribe(
        { workflowId },
        {
          onData: (event) => {
            if (event.type === 'run') told.current.set(event.runId, event.status)
            onEvent()
          },
          onError: () => {},
        },
      ),
    [client, workflowId],
  )
  const refresh = async () => {
    const statuses = new Map(told.current)
    told.current.clear()
    const { data: fresh } = await client.runs.list.query({
      workflowId,
      limit: PAGE_SIZE,
      ...listInput(filters, Date.now()),
    })
    const data = cache.getQueryData<ListData>(queryKey)
    if (data === undefined) return
    const { pages, newcomers } = mergeRuns(data.pages, fresh, statuses)
    const isTaken = isAtTop() && newcomers.length < PAGE_SIZE
    cache.setQueryData<ListData>(queryKey, {
      ...data,
      pages: isTaken ? [...withNewcomers(pages, newcomers)] : [...pages],
    })
    setWaiting({ query, runs: isTaken ? NOBODY : newcomers })
  }
  // Without an answer the list stays as it is; the next event, or the next reader, asks again.
  useLive(subscribe, () => void refresh().catch(() => {}))
  const newcomers = waiting.query === query ? waiting.runs : NOBODY
  const showNewcomers = () => {
    setWaiting({ query, runs: NOBODY })
    // There may be more of them between a full page and the rows that are shown.
    if (newcomers.length >= PAGE_SIZE) return void cache.resetQueries({ queryKey, exact: true })
    cache.setQueryData<ListData>(
      queryKey,
      (data) => data && { ...data, pages: [...withNewcomers(data.pages, newcomers)] },
    )
  }
  return { list, newcomers, showNewcomers }
}
