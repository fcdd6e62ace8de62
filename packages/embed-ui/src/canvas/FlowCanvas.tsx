import type { WorkflowDefinition } from '@inlay/engine'
import { ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import { type CanvasStore, CanvasStoreProvider, createCanvasStore, useCanvasState } from './canvas-store.js'
import { type CanvasView, CanvasViewProvider } from './canvas-view.js'
import { DragGhost } from './DragGhost.js'
import styles from './FlowCanvas.module.css'
import { FocusKeeper } from './FocusKeeper.js'
import type { FlowNode } from './flow-elements.js'
import { isTyping, nodeIdOf } from './focus-node.js'
import { Grid } from './Grid.js'
import { Minimap } from './Minimap.js'
import { MoveBanner } from './MoveBanner.js'
import { markByClick } from './marking.js'
import { NODE_TYPES } from './nodes.js'
import { SearchBar } from './SearchBar.js'
import { type CanvasKeys, useCanvasKeys } from './useCanvasKeys.js'
import { useCrispLayer } from './useCrispLayer.js'
import { type Drawing, useDrawing } from './useDrawing.js'
import { PlaceWordsProvider } from './usePlaceWords.js'
import { useRubberBand } from './useRubberBand.js'
import { useStepDrag } from './useStepDrag.js'
import { MAX_ZOOM, useViewport } from './useViewport.js'
import { MIN_ZOOM } from './whole-viewport.js'
import { ZoomControls } from './ZoomControls.js'

export interface FlowCanvasProps {
  readonly definition: WorkflowDefinition
  readonly view: CanvasView
  /** What is collapsed, marked and so on. @default a state of its own, which is forgotten with the canvas */
  readonly store?: CanvasStore
  /** Whether all of the workflow is shown at first. @default false: its start at a size that can be read */
  readonly startsWhole?: boolean
  /** Keys that the canvas itself does not use, with the id of the focused node. */
  readonly onKey?: (event: KeyboardEvent, nodeId: string | undefined) => void
  /** Drawn over the canvas. */
  readonly children?: ReactNode
}

/** A workflow drawn as cards from top to bottom; for building and for looking at a run. */
export function FlowCanvas({ store, ...props }: FlowCanvasProps) {
  const [own] = useState(createCanvasStore)
  const used = store ?? own
  return (
    <ReactFlowProvider>
      <CanvasStoreProvider value={used}>
        <CanvasViewProvider value={props.view}>
          <CanvasBody {...props} store={used} />
        </CanvasViewProvider>
      </CanvasStoreProvider>
    </ReactFlowProvider>
  )
}

function CanvasBody(props: FlowCanvasProps & { readonly store: CanvasStore }) {
  const { definition, view, store, startsWhole = false, children } = props
  const t = useTexts()
  const helpId = useId()
  const box = useRef<HTMLDivElement>(null)
  const ghost = useRef<HTMLDivElement>(null)
  const band = useRef<HTMLDivElement>(null)
  const collapsed = useCanvasState((state) => state.collapsed)
  const isDragging = useCanvasState(({ moving }) => moving?.by === 'pointer')
  const drawing = useDrawing(definition, view, collapsed)
  const { layout } = drawing
  const viewport = useViewport({ layout, box, selectedId: view.selectedId, store, startsWhole })
  const keys = useCanvasKeys({ definition, layout, viewport, view, store, box })
  useCrispLayer(box)
  useStepDrag({ box, ghost, store, viewport, layout, view })
  useRubberBand({ box, band, store, layout, isOn: view.edit !== undefined })
  return (
    <PlaceWordsProvider value={drawing.placeWords}>
      <section
        ref={box}
        className={styles['canvas']}
        data-inlay-part="canvas"
        data-dragging={isDragging || undefined}
        aria-label={t('canvas.label')}
        aria-describedby={helpId}
        onKeyDown={(event) => onKeyDown(event, keys, props.onKey)}
        onClickCapture={(event) => markByClick(event, { view, store, order: drawing.order })}
      >
        <VisuallyHidden as="p" id={helpId}>
          {t('canvas.help')}
        </VisuallyHidden>
        <Flow nodes={drawing.nodes} />
        <ZoomControls
          viewport={viewport}
          hasBlocks={drawing.blocks.length > 0}
          onFoldAll={() => keys.actions.foldAll?.(undefined)}
          onSearch={() => keys.actions.search?.(undefined)}
        />
        <CanvasMap drawing={drawing} viewport={viewport} />
        <SearchBar definition={definition} words={drawing.words} box={box} viewport={viewport} layout={layout} />
        <MoveBanner onCancel={() => view.edit?.onPutDown(undefined)} />
        <DragGhost ref={ghost} definition={definition} view={view} />
        <div ref={band} className={styles['band']} hidden />
        <Announcer />
        <FocusKeeper nodes={layout.nodes} box={box} />
        {children}
      </section>
    </PlaceWordsProvider>
  )
}

function Flow({ nodes }: { readonly nodes: FlowNode[] }) {
  return (
    <ReactFlow<FlowNode>
      dir="ltr"
      nodes={nodes}
      edges={NO_EDGES}
      nodeTypes={NODE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomOnDoubleClick={false}
      panOnScroll
      minZoom={MIN_ZOOM}
      maxZoom={MAX_ZOOM}
      defaultViewport={START}
      proOptions={PRO_OPTIONS}
    >
      <Grid />
    </ReactFlow>
  )
}

// One object each, so that React Flow sees that nothing changed.
const NO_EDGES: never[] = []
const START = { x: 0, y: 0, zoom: 1 }
const PRO_OPTIONS = { hideAttribution: true }

function CanvasMap({
  drawing,
  viewport,
}: {
  readonly drawing: Drawing
  readonly viewport: ReturnType<typeof useViewport>
}) {
  const isShown = useCanvasState((state) => state.hasMinimap)
  return isShown ? <Minimap layout={drawing.layout} viewport={viewport} /> : null
}

/** Says what happened to those who cannot see it. */
function Announcer() {
  const said = useCanvasState((state) => state.said)
  return (
    <VisuallyHidden as="p" role="status" aria-live="polite">
      {said}
    </VisuallyHidden>
  )
}

function onKeyDown(event: KeyboardEvent, keys: CanvasKeys, onKey: FlowCanvasProps['onKey']): void {
  const isInside = event.target instanceof Node && event.currentTarget.contains(event.target)
  const focused = isInside ? nodeIdOf(event.target) : undefined
  if (isInside && !isTyping(event.target) && keys.press(event, focused)) event.preventDefault()
  else onKey?.(event, focused)
}
