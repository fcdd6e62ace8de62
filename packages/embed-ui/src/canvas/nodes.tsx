import { BaseEdge, type EdgeProps, Handle, type NodeProps, type NodeTypes, Position } from '@xyflow/react'
import { Plus } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { useCanvasView } from './canvas-view.js'
import type { FlowEdge, FlowNode } from './flow-elements.js'
import styles from './nodes.module.css'
import { StepCard, TriggerCard } from './StepCard.js'
import { frameCaption } from './slot-texts.js'

/** Anchors of edges: React Flow asks for them, nobody can drag them. */
function Anchors() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className={styles['anchor']} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={styles['anchor']} />
    </>
  )
}

function withAnchors(content: ReactNode) {
  return (
    <>
      <Anchors />
      {content}
    </>
  )
}

const TriggerNode = memo(({ data }: NodeProps<FlowNode>) => withAnchors(<TriggerCard summary={data.summary} />))

const StepNode = memo(({ data: { node, summary } }: NodeProps<FlowNode>) =>
  node.kind === 'step' ? withAnchors(<StepCard step={node.step} summary={summary} />) : null,
)

const AddNode = memo(({ data: { node } }: NodeProps<FlowNode>) => {
  const t = useTexts()
  const view = useCanvasView()
  if (node.kind !== 'add') return null
  if (!view.isEditable || node.isFull) return withAnchors(null)
  const { place } = node
  const isFirst = node.isEmpty && place.stepId === null
  return withAnchors(
    <button
      type="button"
      className={styles['add']}
      data-inlay-part="add-step"
      data-nav={node.id}
      data-empty={node.isEmpty || undefined}
      data-first={isFirst || undefined}
      aria-label={isFirst ? t('canvas.addFirst') : t('canvas.add')}
      aria-haspopup="dialog"
      onClick={(event) => view.onAdd(place, event.currentTarget)}
    >
      <Plus size={14} aria-hidden="true" />
      {isFirst && <span>{t('canvas.addFirst')}</span>}
    </button>,
  )
})

const LaneNode = memo(({ data: { node, summary } }: NodeProps<FlowNode>) => {
  const view = useCanvasView()
  if (node.kind !== 'lane') return null
  return withAnchors(
    <button
      type="button"
      className={styles['lane']}
      data-inlay-part="lane"
      data-kind={node.slot.kind}
      data-nav={node.id}
      title={summary}
      tabIndex={-1}
      onClick={() => view.onSelect(node.step.id)}
    >
      <span>{summary}</span>
    </button>,
  )
})

const FrameNode = memo(({ data: { node } }: NodeProps<FlowNode>) => {
  const t = useTexts()
  if (node.kind !== 'frame') return null
  return (
    <div
      className={styles['frame']}
      data-inlay-part="frame"
      data-kind={node.slot.kind}
      style={{ width: node.width, height: node.height }}
    >
      <span>{t(frameCaption(node.step, node.slot))}</span>
    </div>
  )
})

const EndNode = memo(() => {
  const t = useTexts()
  return withAnchors(<div className={styles['end']}>{t('canvas.end')}</div>)
})

/** The components of the node kinds of a layout. */
export const NODE_TYPES: NodeTypes = {
  trigger: TriggerNode,
  step: StepNode,
  add: AddNode,
  lane: LaneNode,
  frame: FrameNode,
  end: EndNode,
}

const FlowLine = memo(({ id, data }: EdgeProps<FlowEdge>) => (
  <BaseEdge
    id={id}
    path={data?.path ?? ''}
    className={styles['edge']}
    data-active={data?.isActive === true || undefined}
    interactionWidth={0}
  />
))

export const EDGE_TYPES = { flow: FlowLine }
