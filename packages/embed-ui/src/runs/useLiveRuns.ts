import type { RunStatus } from '@inlay/engine'
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Page } from '../data/api-types.js'
import type { SubscriptionHandlers } from '../data/client.js'
import type { RunEvent, RunSummary } from '../data/run-types.js'
import { useLive } from '../hooks/useLive.js'
import { mergeRuns, withNewcomers } from './merge-runs.js'

const PAGE_SIZE = 25

type ListData = InfiniteData<Page<RunSummary>, string | null>

interface Newcomers {
  /** The list they came to. */
  readonly key: string
  readonly runs: readonly RunSummary[]
}

const NOBODY: readonly RunSummary[] = []

/** A list of runs, newest first. */
export interface LiveList {
  readonly queryKey: readonly [kind: string, whose: string, filters: string]
  readonly read: (page: { limit: number; cursor?: string }) => Promise<Page<RunSummary>>
  /** Keep it stable between renders (useCallback). */
  readonly watch: (handlers: SubscriptionHandlers<RunEvent>) => { unsubscribe(): void }
  /** Whether rows may be put at the head without moving what is read. */
  readonly isAtTop: () => boolean
}

/** Runs by pages, live: without polling. Those that begin while somebody reads further down wait as `newcomers`. */
export function useLiveRuns({ queryKey, read, watch, isAtTop }: LiveList) {
  const cache = useQueryClient()
  const key = JSON.stringify(queryKey)
  const [waiting, setWaiting] = useState<Newcomers>({ key, runs: NOBODY })
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read({ limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    // The first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // With other filters, the rows of before stay until theirs have come.
    placeholderData: (rows, before) => (before?.queryKey[1] === queryKey[1] ? rows : undefined),
  })
  const told = useRef(new Map<string, RunStatus>())
  const subscribe = useCallback(
    (onEvent: () => void) =>
      watch({
        onData: (event) => {
          if (event.type === 'run') told.current.set(event.runId, event.status)
          onEvent()
        },
        onError: () => {},
      }),
    [watch],
  )
  const refresh = async () => {
    const statuses = new Map(told.current)
    told.current.clear()
    const { data: fresh } = await read({ limit: PAGE_SIZE })
    const data = cache.getQueryData<ListData>(queryKey)
    if (data === undefined) return
    const { pages, newcomers } = mergeRuns(data.pages, fresh, statuses)
    const isTaken = isAtTop() && newcomers.length < PAGE_SIZE
    cache.setQueryData<ListData>(queryKey, {
      ...data,
      pages: isTaken ? [...withNewcomers(pages, newcomers)] : [...pages],
    })
    setWaiting({ key, runs: isTaken ? NOBODY : newcomers })
  }
  // Without an answer the list stays as it is; the next event, or the next reader, asks again.
  useLive(subscribe, () => void refresh().catch(() => {}))
  const newcomers = waiting.key === key ? waiting.runs : NOBODY
  const showNewcomers = () => {
    setWaiting({ key, runs: NOBODY })
    // There may be more of them between a full page and the rows that are shown.
    if (newcomers.length >= PAGE_SIZE) return void cache.resetQueries({ queryKey, exact: true })
    cache.setQueryData<ListData>(
      queryKey,
      (data) => data && { ...data, pages: [...withNewcomers(data.pages, newcomers)] },
    )
  }
  return { list, newcomers, showNewcomers }
}
