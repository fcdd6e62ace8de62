import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ApiProblem, readProblem } from '../data/api-error.js'
import type { StepTest } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useBuilder } from '../state/useBuilder.js'
import { useReloadSamples } from './usePins.js'

/** The last test of a step, while the editor is open. */
export type StepTestState =
  | { readonly status: 'none' }
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly result: StepTest }
  /** It could not even begin. */
  | { readonly status: 'refused'; readonly problem: ApiProblem }

const NONE: StepTestState = { status: 'none' }

/** Tests one step of the draft as it is on the screen, and keeps the result until the editor is closed. */
export function useStepTest(stepId: string) {
  const { client, workflow } = useEditor()
  const builder = useBuilder()
  const cache = useQueryClient()
  const reload = useReloadSamples()
  const queryKey = ['stepTest', workflow.id, stepId]
  const { data: state = NONE } = useQuery<StepTestState>({
    queryKey,
    queryFn: () => NONE,
    enabled: false,
    initialData: NONE,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const set = (next: StepTestState) => cache.setQueryData<StepTestState>(queryKey, next)
  const start = async () => {
    set({ status: 'running' })
    builder.revealIssues()
    try {
      const definition = builder.store.getState().history.present
      const result = await client.workflows.testStep.mutate({ id: workflow.id, stepId, definition })
      set({ status: 'done', result })
      if (result.isKept) await reload()
    } catch (error) {
      set({ status: 'refused', problem: readProblem(error) })
    }
  }
  return { state, start: () => void start() }
}
