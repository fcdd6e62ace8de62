import type { WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import { isBlock, walkSteps } from '../document/sequences.js'
import { type LaidOutNode, type Layout, layOut } from '../graph/layout.js'
import { useCronText } from '../panels/useCronText.js'
import { activeEdges } from './active-edges.js'
import type { CanvasView } from './canvas-view.js'
import { type FlowNode, flowNodes } from './flow-elements.js'
import { placeWords } from './place-words.js'
import { laneText } from './slot-texts.js'
import { type SummaryWords, stepSummary } from './step-looks.js'
import { triggerSummary } from './trigger-summary.js'
import type { PlaceWords } from './usePlaceWords.js'
import { useSummaryWords } from './useSummaryWords.js'

/** A workflow as it is drawn. */
export interface Drawing {
  readonly layout: Layout
  readonly nodes: FlowNode[]
  readonly words: SummaryWords
  readonly placeWords: PlaceWords
  /** Ids of the cards in reading order. */
  readonly order: readonly string[]
  /** Ids of all blocks, also of those inside collapsed ones. */
  readonly blocks: readonly string[]
}

/** Everything that is derived from a document for its canvas. */
export function useDrawing(definition: WorkflowDefinition, view: CanvasView, collapsed: ReadonlySet<string>): Drawing {
  const { connectors, trigger, outcomes } = view
  const words = useSummaryWords(definition, connectors)
  const cronText = useCronText()
  const layout = useMemo(() => layOut(definition, collapsed), [definition, collapsed])
  const active = useMemo(() => activeEdges(layout, outcomes), [layout, outcomes])
  const nodes = useMemo(() => {
    const summaryOf = (node: LaidOutNode): string => {
      if (node.kind === 'trigger') return triggerSummary(trigger, connectors, { t: words.t, cronText })
      if (node.kind === 'step') return stepSummary(node.step, words)
      return node.kind === 'lane' ? laneText(node.step, node.slot, words) : ''
    }
    return flowNodes(layout, active, summaryOf)
  }, [layout, active, words, trigger, connectors, cronText])
  const order = useMemo(() => layout.nodes.flatMap(({ id, kind }) => (kind === 'step' ? [id] : [])), [layout])
  const blocks = useMemo(
    () => [...walkSteps(definition)].flatMap(({ step }) => (isBlock(step) ? [step.id] : [])),
    [definition],
  )
  const describePlace = useMemo(() => placeWords(definition, words), [definition, words])
  return { layout, nodes, words, placeWords: describePlace, order, blocks }
}
