import type { WorkflowDefinition } from '@inlay/engine'
import { useMemo, useState } from 'react'
import type { CanvasView } from '../canvas/canvas-view.js'
import { FlowCanvas } from '../canvas/FlowCanvas.js'
import type { ConnectorSummary } from '../data/api-types.js'

export interface PreviewCanvasProps {
  readonly definition: WorkflowDefinition
  readonly connectors: readonly ConnectorSummary[]
}

/** A workflow to be looked at, before there is one. */
export function PreviewCanvas({ definition, connectors }: PreviewCanvasProps) {
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const view = useMemo(
    (): CanvasView => ({
      trigger: definition.trigger,
      triggerState: undefined,
      connectors,
      selectedId,
      renamingId: null,
      issues: [],
      outcomes: undefined,
      isEditable: false,
      onSelect: setSelectedId,
      onAdd: () => {},
      onCommand: () => {},
      onRename: () => {},
    }),
    [definition.trigger, connectors, selectedId],
  )
  return <FlowCanvas definition={definition} view={view} startsWhole />
}
