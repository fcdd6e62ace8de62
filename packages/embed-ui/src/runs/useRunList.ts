import { useCallback } from 'react'
import type { SubscriptionHandlers } from '../data/client.js'
import type { RunEvent } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { type ListFilters, listInput, writeFilters } from './list-filters.js'
import { useLiveRuns } from './useLiveRuns.js'

/**
 * The runs of a workflow, live. Runs that begin while somebody reads further down wait as `newcomers`.
 *
 * @param isAtTop whether rows may be put at the head without moving what is read
 */
export function useRunList(workflowId: string, filters: ListFilters, isAtTop: () => boolean) {
  const { client } = useEditor()
  const watch = useCallback(
    (handlers: SubscriptionHandlers<RunEvent>) => client.runs.watchList.subscribe({ workflowId }, handlers),
    [client, workflowId],
  )
  return useLiveRuns({
    queryKey: ['runs', workflowId, writeFilters(filters)],
    read: (page) => client.runs.list.query({ workflowId, ...listInput(filters, Date.now()), ...page }),
    watch,
    isAtTop,
  })
}
