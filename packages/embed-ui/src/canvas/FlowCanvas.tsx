import type { WorkflowDefinition } from '@inlay/engine'
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import { type LaidOutNode, layOut } from '../graph/layout.js'
import { arrowDirection, neighbour } from '../graph/spatial.js'
import { useTexts } from '../messages/useTexts.js'
import { useAppearance } from '../theme/InlayTheme.js'
import { activeEdges } from './active-edges.js'
import { type CanvasView, CanvasViewProvider } from './canvas-view.js'
import styles from './FlowCanvas.module.css'
import { type FlowEdge, type FlowNode, flowEdges, flowNodes } from './flow-elements.js'
import { focusNode } from './focus-node.js'
import { EDGE_TYPES, NODE_TYPES } from './nodes.js'
import { laneText } from './slot-texts.js'
import { stepSummary } from './step-looks.js'
import { triggerSummary } from './trigger-summary.js'
import { useSummaryWords } from './useSummaryWords.js'
import { MAX_ZOOM, MIN_ZOOM, useViewport } from './useViewport.js'
import { FIT_KEY, ZoomControls } from './ZoomControls.js'

export interface FlowCanvasProps {
  readonly definition: WorkflowDefinition
  readonly view: CanvasView
  /** Keys that the canvas itself does not use, with the id of the focused node. */
  readonly onKey?: (event: KeyboardEvent, nodeId: string | undefined) => void
  /** Drawn over the canvas. */
  readonly children?: ReactNode
}

/** A workflow drawn as cards from top to bottom; for building and for looking at a run. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasViewProvider value={props.view}>
        <CanvasBody {...props} />
      </CanvasViewProvider>
    </ReactFlowProvider>
  )
}

function CanvasBody({ definition, view, onKey, children }: FlowCanvasProps) {
  const t = useTexts()
  const helpId = useId()
  const box = useRef<HTMLDivElement>(null)
  const { layout, nodes, edges } = useElements(definition, view)
  const viewport = useViewport(layout, box, view.selectedId)
  const { canvas } = useAppearance()
  const background = canvas?.background ?? 'dots'
  const onKeyDown = (event: KeyboardEvent) => {
    const focused = focusedNode(event.target)
    const direction = arrowDirection(event.key)
    if (event.key === FIT_KEY && !hasModifier(event) && !isTyping(event.target)) return viewport.fitAll()
    if (direction === undefined || focused === undefined || hasModifier(event)) return onKey?.(event, focused)
    const next = neighbour(layout.nodes, focused, direction)
    if (next === undefined) return
    event.preventDefault()
    focusNode(box.current, next.id)
    viewport.reveal(next)
  }
  return (
    <section
      ref={box}
      className={styles['canvas']}
      data-inlay-part="canvas"
      aria-label={t('canvas.label')}
      aria-describedby={helpId}
      onKeyDown={onKeyDown}
    >
      <p id={helpId} className={styles['hidden']}>
        {t('canvas.help')}
      </p>
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
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
        defaultViewport={{ x: 0, y: 0, zoom: 1 }}
        proOptions={{ hideAttribution: true }}
      >
        {background !== 'none' && (
          <Background
            variant={background === 'dots' ? BackgroundVariant.Dots : BackgroundVariant.Lines}
            gap={22}
            size={1.4}
            className={styles['grid'] ?? ''}
          />
        )}
      </ReactFlow>
      <ZoomControls onFit={viewport.fitAll} />
      <FocusKeeper nodes={layout.nodes} box={box} />
      {children}
    </section>
  )
}

function useElements(definition: WorkflowDefinition, view: CanvasView) {
  const { connectors, trigger, outcomes } = view
  const words = useSummaryWords(definition, connectors)
  const layout = useMemo(() => layOut(definition), [definition])
  const nodes = useMemo(() => {
    const summaryOf = (node: LaidOutNode): string => {
      if (node.kind === 'trigger') return triggerSummary(trigger, connectors, words.t)
      if (node.kind === 'step') return stepSummary(node.step, words)
      return node.kind === 'lane' ? laneText(node.step, node.slot, words) : ''
    }
    return flowNodes(layout, summaryOf)
  }, [layout, words, trigger, connectors])
  const edges = useMemo(() => {
    const active = activeEdges(layout, outcomes)
    return flowEdges(layout, ({ id }) => active.has(id))
  }, [layout, outcomes])
  return { layout, nodes, edges }
}

/** When the focused card disappears, focus moves to what is left instead of getting lost. */
function FocusKeeper({ nodes, box }: { nodes: readonly LaidOutNode[]; box: React.RefObject<HTMLDivElement | null> }) {
  const lastFocused = useRef<string | undefined>(undefined)
  const before = useRef(nodes)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const remember = (event: FocusEvent) => {
      lastFocused.current = focusedNode(event.target)
    }
    element.addEventListener('focusin', remember)
    return () => element.removeEventListener('focusin', remember)
  }, [box])
  useEffect(() => {
    const id = lastFocused.current
    const isGone = id !== undefined && !nodes.some((node) => node.id === id)
    const wasAt = before.current.findIndex((node) => node.id === id)
    before.current = nodes
    if (!isGone) return
    const next = nodes.slice(0, Math.max(wasAt, 1)).findLast(({ kind }) => kind === 'step' || kind === 'trigger')
    // React Flow takes the card away in a later commit.
    const frame = requestAnimationFrame(() => {
      const hasFocus = document.activeElement !== null && document.activeElement !== document.body
      if (!hasFocus && next !== undefined) focusNode(box.current, next.id)
    })
    return () => cancelAnimationFrame(frame)
  }, [nodes, box])
  return null
}

function focusedNode(target: EventTarget | null): string | undefined {
  const element = target instanceof Element ? target.closest('[data-nav]') : null
  return element?.getAttribute('data-nav') ?? undefined
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select') !== null
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
}
