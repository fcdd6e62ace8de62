import type { WorkflowDefinition } from '@inlay/engine'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CanvasView } from '../canvas/canvas-view.js'
import { FlowCanvas } from '../canvas/FlowCanvas.js'
import type { StepRun } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { fetched } from '../ui/fetched.js'
import { Tabs } from '../ui/Tabs.js'
import { LoopBar } from './LoopBar.js'
import { choicesOf, type ItemChoices, isChosen, readLoops } from './loops.js'
import { brokenStep, stepOutcomes } from './outcomes.js'
import { RunInspector } from './RunInspector.js'
import type { RunTimelineProps } from './RunTimeline.js'
import { useRunRoom } from './run-room.js'
import styles from './runs.module.css'
import { addressKey } from './step-history.js'
import { withUnderWay } from './under-way.js'

const RunTimeline = fetched<RunTimelineProps>(async () => (await import('./RunTimeline.js')).RunTimeline)

const NO_CHOICES: ItemChoices = new Map()

export interface RunDiagramProps {
  readonly definition: WorkflowDefinition
}

/** A run on the canvas of the version that ran or on a timeline, with what is selected beside it. */
export function RunDiagram({ definition }: RunDiagramProps) {
  const t = useTexts()
  const { steps } = useRunRoom()
  const [tab, setTab] = useState<'diagram' | 'timeline'>('diagram')
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [choices, setChoices] = useState(NO_CHOICES)
  // Of a step that ran several times, the one time that was asked for.
  const [recordKey, setRecordKey] = useState<string>()
  const map = useMemo(() => readLoops(definition), [definition])
  const isShown = useMemo(() => (record: StepRun) => isChosen(record, map, choices), [map, choices])
  const shown = useMemo(() => steps.filter(isShown), [steps, isShown])
  useFailedStep((stepId) => setSelectedId((current) => current ?? stepId))
  const select = useCallback((id: string | null) => {
    setSelectedId(id)
    setRecordKey(undefined)
  }, [])
  const selectRecord = (record: StepRun) => {
    setSelectedId(record.stepId)
    setRecordKey(addressKey(record))
    // On the timeline all items stay side by side.
    if (tab === 'diagram' || !isShown(record)) setChoices(choicesOf(record, map))
  }
  const choose = (next: ItemChoices) => {
    setChoices(next)
    setRecordKey(undefined)
  }
  return (
    <>
      <div className={styles['views']}>
        <Tabs
          label={t('runView.views')}
          selected={tab}
          onSelect={setTab}
          tabs={[
            { id: 'diagram', label: t('runView.diagram') },
            { id: 'timeline', label: t('runView.timeline') },
          ]}
        />
        <LoopBar map={map} choices={choices} onChoose={choose} />
      </div>
      <div className={styles['room']}>
        {tab === 'diagram' ? (
          <RunCanvas definition={definition} shown={shown} selectedId={selectedId} onSelect={select} />
        ) : (
          <RunTimeline steps={shown} selectedId={selectedId} recordKey={recordKey} onSelect={selectRecord} />
        )}
        <RunInspector
          definition={definition}
          selectedId={selectedId}
          isShown={isShown}
          recordKey={recordKey}
          onRecord={selectRecord}
          onSelect={select}
        />
      </div>
    </>
  )
}

interface RunCanvasProps extends RunDiagramProps {
  readonly shown: readonly StepRun[]
  readonly selectedId: string | null
  readonly onSelect: (id: string | null) => void
}

const EVERY = () => true

function RunCanvas({ definition, shown, selectedId, onSelect }: RunCanvasProps) {
  const { connectors } = useEditor()
  const { run } = useRunRoom()
  const outcomes = useMemo(() => {
    const known = stepOutcomes(shown, EVERY)
    return run.status === 'running' ? withUnderWay(definition, known) : known
  }, [shown, run.status, definition])
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
      onSelect,
      onAdd: () => {},
      onCommand: () => {},
      onRename: () => {},
    }),
    [definition.trigger, connectors, selectedId, outcomes, onSelect],
  )
  return <FlowCanvas definition={definition} view={view} onKey={(event) => event.key === 'Escape' && onSelect(null)} />
}

/** Shows the step that broke the run, once. */
function useFailedStep(show: (stepId: string) => void): void {
  const { run, steps } = useRunRoom()
  const hasShown = useRef(false)
  useEffect(() => {
    if (hasShown.current || run.status !== 'failed') return
    const broken = brokenStep(run, steps)
    if (broken === undefined) return
    hasShown.current = true
    show(broken.stepId)
  })
}
