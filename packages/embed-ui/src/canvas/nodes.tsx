import type { NodeProps, NodeTypes } from '@xyflow/react'
import { Plus } from 'lucide-react'
import { memo } from 'react'
import type { LaidOutNode } from '../graph/layout.js'
import { useDirection, useTexts } from '../messages/useTexts.js'
import { useCanvasState } from './canvas-store.js'
import { useCanvasView } from './canvas-view.js'
import { EdgeLines } from './EdgeLines.js'
import type { FlowNode } from './flow-elements.js'
import { LaneLabel } from './LaneLabel.js'
import styles from './nodes.module.css'
import { StepCard, TriggerCard } from './StepCard.js'
import { frameCaption } from './slot-texts.js'
import { usePlaceWords } from './usePlaceWords.js'

const TriggerNode = memo(({ data }: NodeProps<FlowNode>) => <TriggerCard summary={data.summary ?? ''} />)

const StepNode = memo(({ data: { node, summary = '' } }: NodeProps<FlowNode>) =>
  node?.kind === 'step' ? <StepCard step={node.step} summary={summary} folded={node.folded} /> : null,
)

const AddNode = memo(({ data: { node } }: NodeProps<FlowNode>) => {
  const view = useCanvasView()
  return node?.kind === 'add' && view.isEditable && !node.isFull ? <AddButton node={node} /> : null
})

/** A plus: adds a step, and while steps are being moved, takes them. */
function AddButton({ node }: { readonly node: Extract<LaidOutNode, { kind: 'add' }> }) {
  const t = useTexts()
  const view = useCanvasView()
  const words = usePlaceWords()
  const direction = useDirection()
  const isMoving = useCanvasState(({ moving }) => moving !== undefined)
  const isOpen = useCanvasState(({ moving }) => moving?.places.has(node.id) === true)
  const isTarget = useCanvasState(({ moving }) => moving?.targetId === node.id)
  const { place } = node
  const isFirst = node.isEmpty && place.stepId === null && !isMoving
  const label = isMoving ? t('canvas.moveHere', { place: words(place) }) : t('canvas.add')
  return (
    <button
      type="button"
      className={styles['add']}
      dir={direction}
      data-inlay-part="add-step"
      data-nav={node.id}
      data-empty={node.isEmpty || undefined}
      data-first={isFirst || undefined}
      data-move={isMoving ? (isOpen ? 'open' : 'closed') : undefined}
      data-target={isTarget || undefined}
      aria-label={isFirst ? t('canvas.addFirst') : label}
      aria-haspopup={isMoving ? undefined : 'dialog'}
      disabled={isMoving && !isOpen}
      onClick={(event) => {
        if (isMoving) view.edit?.onPutDown(place)
        else view.onAdd(place, event.currentTarget)
      }}
    >
      <Plus size={14} aria-hidden="true" />
      {isFirst && <span>{t('canvas.addFirst')}</span>}
    </button>
  )
}

const LaneNode = memo(({ data: { node, summary = '' } }: NodeProps<FlowNode>) =>
  node?.kind === 'lane' ? <LaneLabel id={node.id} step={node.step} slot={node.slot} text={summary} /> : null,
)

const FrameNode = memo(({ data: { node } }: NodeProps<FlowNode>) => {
  const t = useTexts()
  const direction = useDirection()
  if (node?.kind !== 'frame') return null
  return (
    <div
      className={styles['frame']}
      dir={direction}
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
  return <div className={styles['end']}>{t('canvas.end')}</div>
})

const LinesNode = memo(({ data: { lines } }: NodeProps<FlowNode>) =>
  lines === undefined ? null : <EdgeLines layout={lines.layout} active={lines.active} />,
)

/** The components of the node kinds of a layout. */
export const NODE_TYPES: NodeTypes = {
  trigger: TriggerNode,
  step: StepNode,
  add: AddNode,
  lane: LaneNode,
  frame: FrameNode,
  end: EndNode,
  lines: LinesNode,
}
