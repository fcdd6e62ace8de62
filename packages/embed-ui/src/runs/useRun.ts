import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { RunHistoryItem, StepRun } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useEmit } from '../hooks/useEvents.js'
import { useLive } from '../hooks/useLive.js'

const NO_STEPS: readonly StepRun[] = []
const NO_HISTORY: readonly RunHistoryItem[] = []

/** A run with its steps and its history, read again whenever the server tells that it went on. */
export function useRun(runId: string) {
  const { client } = useEditor()
  const run = useQuery({ queryKey: ['run', runId], queryFn: () => client.runs.get.query({ id: runId }) })
  const steps = useQuery({
    queryKey: ['run', runId, 'steps'],
    queryFn: async () => (await client.runs.steps.query({ id: runId })).data,
  })
  const history = useQuery({
    queryKey: ['run', runId, 'history'],
    queryFn: async () => (await client.runs.history.query({ id: runId })).data,
  })
  const status = run.data?.status
  const isOver = status === 'succeeded' || status === 'failed' || status === 'cancelled'
  const subscribe = useCallback(
    (onEvent: () => void) => client.runs.watch.subscribe({ runId }, { onData: onEvent, onError: () => {} }),
    [client, runId],
  )
  useLive(isOver ? undefined : subscribe, () => {
    void run.refetch()
    void steps.refetch()
    void history.refetch()
  })
  useEndEvent(runId, run.data)
  return {
    run: run.data,
    steps: steps.data ?? NO_STEPS,
    // It only adds to what the steps tell: without it a run is shown all the same.
    history: history.data ?? NO_HISTORY,
    // What is here stays when it cannot be read anew: the next word from the server tries again.
    error: (run.isLoadingError ? run.error : null) ?? (steps.isLoadingError ? steps.error : null),
  }
}

/** Tells the host when a run that was watched ends, and reads the steps a last time. */
function useEndEvent(runId: string, run: { readonly status: string; readonly workflowId: string } | undefined): void {
  const emit = useEmit()
  const before = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (run === undefined) return
    const { status, workflowId } = run
    const hasJustEnded = before.current !== undefined && before.current !== status
    before.current = status
    if (!hasJustEnded) return
    if (status === 'succeeded') emit('run.succeeded', { runId, workflowId })
    if (status === 'failed') emit('run.failed', { runId, workflowId })
    if (status === 'cancelled') emit('run.cancelled', { runId, workflowId })
  }, [run, runId, emit])
}
