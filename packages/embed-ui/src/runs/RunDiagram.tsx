import type { WorkflowDefinition } from '@inlay/engine'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { CanvasView } from '../canvas/canvas-view.js'
import { FlowCanvas } from '../canvas/FlowCanvas.js'
import type { Run, StepRun } from '../data/api-types.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { brokenStep, stepOutcomes } from './outcomes.js'
import { RunInspector } from './RunInspector.js'
import styles from './runs.module.css'
import { withUnderWay } from './under-way.js'

export interface RunDiagramProps {
  readonly run: Run
  readonly steps: readonly StepRun[]
  readonly definition: WorkflowDefinition
}

/** The workflow as it ran, with what each step took, gave and how long it needed. */
export function RunDiagram({ run, steps, definition }: RunDiagramProps) {
  const { connectors } = useEditor()
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [iteration, setIteration] = useState<string>()
  useFailedStep(run, steps, (stepId) => {
    setSelectedId((current) => current ?? stepId)
  })
  const outcomes = useMemo(() => {
    const known = stepOutcomes(steps, iteration)
    return run.status === 'running' ? withUnderWay(definition, known) : known
  }, [steps, iteration, run.status, definition])
  const view = useMemo(
    (): CanvasView => ({
      trigger: definition.trigger,
      triggerState: undefined,
      connectors,
      selectedId,
      renamingId: null,
      issues: [],
      outcomes,
      isEditable: false,
      onSelect: setSelectedId,
      onAdd: () => {},
      onCommand: () => {},
      onRename: () => {},
    }),
    [definition.trigger, connectors, selectedId, outcomes],
  )
  const selected = selectedId === null ? undefined : findStep(definition, selectedId)
  return (
    <div className={styles['room']}>
      <FlowCanvas
        definition={definition}
        view={view}
        onKey={(event) => event.key === 'Escape' && setSelectedId(null)}
      />
      <RunInspector
        run={run}
        steps={steps}
        step={selected?.step}
        trigger={selectedId === TRIGGER_OWNER ? definition.trigger : undefined}
        iteration={iteration}
        onIteration={setIteration}
        onClose={() => setSelectedId(null)}
      />
    </div>
  )
}

/** Shows the step that broke a run, once. */
function useFailedStep(run: Run, steps: readonly StepRun[], show: (stepId: string) => void): void {
  const hasShown = useRef(false)
  useEffect(() => {
    if (hasShown.current || run.status !== 'failed') return
    const broken = brokenStep(run, steps)
    if (broken === undefined) return
    hasShown.current = true
    show(broken.stepId)
  })
}
