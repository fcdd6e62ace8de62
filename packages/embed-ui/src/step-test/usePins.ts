import type { JsonValue } from '@inlay/engine'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useToast } from '../ui/Toast.js'

const NONE: readonly string[] = []

/** Ids of the steps whose data is pinned; `$trigger` for the trigger. For cards: a set that stays the same between changes. */
export function usePinned(): ReadonlySet<string> {
  const { samples } = useEditor()
  const pinned = samples?.pinned ?? NONE
  return useMemo(() => new Set(pinned), [pinned])
}

/** Reads sample data again, after a test or a pin has changed it. */
export function useReloadSamples(): () => Promise<void> {
  const cache = useQueryClient()
  const { workflow } = useEditor()
  return useCallback(() => cache.invalidateQueries({ queryKey: ['samples', workflow.id] }), [cache, workflow.id])
}

/** Pins data of a step, or takes the pin off. What fails is told in a toast. */
export function usePinning() {
  const t = useTexts()
  const toast = useToast()
  const { client, workflow } = useEditor()
  const reload = useReloadSamples()
  const run = async (change: () => Promise<unknown>): Promise<boolean> => {
    try {
      await change()
      await reload()
      return true
    } catch (error) {
      toast({ tone: 'danger', title: t('pin.failed'), detail: problemText(readProblem(error), t) })
      return false
    }
  }
  return {
    pin: (stepId: string, value: JsonValue) =>
      run(() => client.workflows.pin.mutate({ id: workflow.id, stepId, value })),
    unpin: (stepId: string) => run(() => client.workflows.unpin.mutate({ id: workflow.id, stepId })),
  }
}
