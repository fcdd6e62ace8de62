import type { Step } from '@inlay/engine'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ApiProblem, readProblem } from '../data/api-error.js'
import type { StepTest } from '../data/api-types.js'
import type { FieldIssue } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { exampleTrigger } from './example-trigger.js'
import { type GivenFile, withGivenFiles } from './given-files.js'
import { testIssues } from './test-issues.js'
import { useReloadSamples } from './usePins.js'

/** The last test of a step, while the editor is open. */
export type StepTestState =
  | { readonly status: 'none' }
  | { readonly status: 'running' }
  /** `step`: as it was when it was tested. */
  | { readonly status: 'done'; readonly result: StepTest; readonly step: Step | undefined }
  /** It could not even begin. */
  | { readonly status: 'refused'; readonly problem: ApiProblem }

const NONE: StepTestState = { status: 'none' }

/** How the last test of a step stands. */
function useStepTestState(stepId: string): StepTestState {
  const { workflow } = useEditor()
  const { data = NONE } = useQuery<StepTestState>({
    queryKey: keyOf(workflow.id, stepId),
    queryFn: () => NONE,
    enabled: false,
    initialData: NONE,
    gcTime: Number.POSITIVE_INFINITY,
  })
  return data
}

const NO_ISSUES: readonly FieldIssue[] = []

/** What the last test says of single fields, until the step is changed. */
export function useTestIssues(step: Step): readonly FieldIssue[] {
  const t = useTexts()
  const state = useStepTestState(step.id)
  return useMemo(
    () => (state.status === 'done' && state.step === step ? testIssues(state.result, t) : NO_ISSUES),
    [state, step, t],
  )
}

function keyOf(workflowId: string, stepId: string) {
  return ['stepTest', workflowId, stepId]
}

/**
 * Tests one step of the draft as it is on the screen, and keeps the result until the editor is closed.
 *
 * @param files stand in for the data of its fields
 */
export function useStepTest(stepId: string, files: readonly GivenFile[]) {
  const { client, workflow, samples, connectors } = useEditor()
  const builder = useBuilder()
  const cache = useQueryClient()
  const reload = useReloadSamples()
  const queryKey = keyOf(workflow.id, stepId)
  const state = useStepTestState(stepId)
  const set = (next: StepTestState) => cache.setQueryData<StepTestState>(queryKey, next)
  const start = async () => {
    set({ status: 'running' })
    builder.revealIssues()
    try {
      const definition = builder.store.getState().history.present
      // The server knows what came last; before anything has come an example does.
      const isKnown = samples === undefined || samples.trigger !== null
      const trigger = isKnown ? {} : { trigger: exampleTrigger(definition.trigger, connectors) }
      const tested = withGivenFiles(definition, stepId, files)
      const result = await client.workflows.testStep.mutate({ id: workflow.id, stepId, definition: tested, ...trigger })
      set({ status: 'done', result, step: findStep(definition, stepId)?.step })
      if (result.isKept) await reload()
    } catch (error) {
      set({ status: 'refused', problem: readProblem(error) })
    }
  }
  return { state, start: () => void start() }
}
