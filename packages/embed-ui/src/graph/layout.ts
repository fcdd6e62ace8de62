// The automatic layout: places nested blocks top to bottom in one pass, so that nothing ever overlaps. Sizes are fixed,
// which makes positions a function of the document alone: cards never jump when their text changes.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { TRIGGER_OWNER } from '../document/issues.js'
import { idsWithin, type Place, ROOT_SEQUENCE, type SequenceRef, type Slot } from '../document/sequences.js'
import {
  ADD,
  type Block,
  CARD,
  columnSides,
  columnWidth,
  END,
  FOLD,
  FORK,
  FRAME,
  frameHeight,
  frameSides,
  GAP,
  LANE,
  LANE_GAP,
  lanesSides,
  Measure,
  type MeasuredSlot,
} from './measure.js'

export interface Point {
  readonly x: number
  readonly y: number
}

interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** What is drawn at a place. `id` is stable while the document changes around it. */
export type LaidOutNode = Box & { readonly id: string } & (
    | { readonly kind: 'trigger' }
    | {
        readonly kind: 'step'
        readonly step: Step
        /** How many steps are inside, of a collapsed block. */
        readonly folded: number | undefined
      }
    | {
        readonly kind: 'add'
        readonly place: Place
        readonly isEmpty: boolean
        /** Nothing can be added: the sequence has room for one step only, and has it. */
        readonly isFull: boolean
      }
    | { readonly kind: 'lane'; readonly step: Step; readonly slot: Slot; readonly laneIndex: number }
    | { readonly kind: 'frame'; readonly step: Step; readonly slot: Slot }
    | { readonly kind: 'end' }
  )

export interface LaidOutEdge {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly points: readonly Point[]
  readonly hasArrow: boolean
  /** The sequence that the edge belongs to, as the owner's id: a run colours edges by it. */
  readonly owner: string | null
  readonly slot: string
}

export interface Layout {
  readonly nodes: readonly LaidOutNode[]
  readonly edges: readonly LaidOutEdge[]
  readonly width: number
  readonly height: number
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Places every card, plus, lane and edge of a definition. Linear in the number of steps.
 *
 * @param collapsed ids of blocks whose inside is not drawn
 */
export function layOut(definition: WorkflowDefinition, collapsed: ReadonlySet<string> = NONE): Layout {
  const measure = new Measure(collapsed)
  const extent = measure.sequence(definition.steps)
  const placer = new Placer(measure)
  const axis = Math.max(extent.left, CARD.width / 2)
  const trigger = placer.add({ id: TRIGGER_OWNER, kind: 'trigger', ...around(axis, 0, CARD) })
  const last = placer.placeSequence({
    steps: definition.steps,
    sequence: ROOT_SEQUENCE,
    axis,
    top: CARD.height + GAP,
    from: [trigger],
  })
  const end = placer.add({ id: '$end', kind: 'end', ...around(axis, last.y + ADD.height + GAP, END) })
  placer.connect(last, end, { owner: null, slot: ROOT_SEQUENCE.slot })
  return {
    nodes: placer.nodes,
    edges: placer.edges,
    width: axis + Math.max(extent.right, CARD.width / 2),
    height: end.y + end.height,
  }
}

/** The id of the plus at a place. */
export function placeId({ stepId, slot, index }: Place): string {
  return `+${stepId ?? ''}/${slot}/${index}`
}

function around(axis: number, y: number, { width, height }: { readonly width: number; readonly height: number }): Box {
  return { x: axis - width / 2, y, width, height }
}

interface SequenceJob {
  readonly steps: readonly Step[]
  readonly sequence: SequenceRef
  readonly axis: number
  readonly top: number
  readonly from: readonly LaidOutNode[]
  /** @default false */
  readonly isSingle?: boolean
  /** Where lines that come from the side turn towards the sequence. @default just above it */
  readonly joinY?: number
}

interface BlockJob {
  readonly step: Step
  readonly card: LaidOutNode
  readonly axis: number
}

class Placer {
  readonly nodes: LaidOutNode[] = []
  readonly edges: LaidOutEdge[] = []
  readonly #measure: Measure

  constructor(measure: Measure) {
    this.#measure = measure
  }

  add(node: LaidOutNode): LaidOutNode {
    this.nodes.push(node)
    return node
  }

  /** @returns the last plus of the sequence, or its only step when there is no room for another one */
  placeSequence({ steps, sequence, axis, top, from, isSingle = false, joinY }: SequenceJob): LaidOutNode {
    const belongs = { owner: sequence.stepId, slot: sequence.slot }
    const isFull = isSingle && steps.length > 0
    const addAt = (index: number, y: number) =>
      this.add({
        id: placeId({ ...sequence, index }),
        kind: 'add',
        place: { ...sequence, index },
        isEmpty: steps.length === 0,
        isFull,
        ...around(axis, y, ADD),
      })
    let plus = addAt(0, top)
    for (const node of from) this.connect(node, plus, joinY === undefined ? belongs : { ...belongs, joinY })
    for (const [index, step] of steps.entries()) {
      const y = plus.y + ADD.height + GAP
      const card = this.#placeCard(step, axis, y)
      this.connect(plus, card, belongs, true)
      const ends = this.#placeInside({ step, card, axis })
      if (isFull) return card
      plus = addAt(index + 1, y + this.#measure.block(step).extent.height + this.#measure.joinGap(step))
      for (const end of ends) this.connect(end, plus, belongs)
    }
    return plus
  }

  #placeCard(step: Step, axis: number, y: number): LaidOutNode {
    const isFolded = this.#measure.isFolded(step)
    const folded = isFolded ? idsWithin(step).length - 1 : undefined
    const height = CARD.height + (isFolded ? FOLD.height : 0)
    return this.add({ id: step.id, kind: 'step', step, folded, ...around(axis, y, { width: CARD.width, height }) })
  }

  /** Places what is nested in a step. @returns the nodes that lead on from the block */
  #placeInside(job: BlockJob): readonly LaidOutNode[] {
    const block = this.#measure.block(job.step)
    const trunk = this.#placeTrunk(job, block)
    const detours = this.#placeDetours(job, block)
    if (block.last === undefined) return [...trunk, ...detours]
    const top = job.card.y + block.upper.height + FORK
    return [this.#placeFrame(job, block.last, { top, from: [...trunk, ...detours] })]
  }

  #placeTrunk(job: BlockJob, { frames, lanes }: Block): readonly LaidOutNode[] {
    const { step, card, axis } = job
    if (lanes.length > 0) {
      const left = axis - lanesSides(lanes).left
      return this.#placeColumns({ step, card, axis: left }, lanes, 0)
    }
    let from = card
    let top = card.y + CARD.height + FRAME.top
    for (const frame of frames) {
      from = this.#placeFrame(job, frame, { top, from: [from] })
      top += frameHeight(frame) + FRAME.top
    }
    return [from]
  }

  #placeDetours({ step, card, axis }: BlockJob, { lanes, detours, upper }: Block): readonly LaidOutNode[] {
    const width = detours.reduce((sum, slot) => sum + LANE_GAP + columnWidth(slot), 0)
    const left = axis + upper.right - width + LANE_GAP
    const ends = this.#placeColumns({ step, card, axis: left }, detours, lanes.length)
    // Undoing happens when the run has failed; nothing comes after it.
    return ends.filter((_, index) => detours[index]?.kind !== 'undo')
  }

  /** Places columns from left to right; `axis` is where the first begins. @returns the end of each */
  #placeColumns({ step, card, axis: start }: BlockJob, slots: readonly MeasuredSlot[], first: number): LaidOutNode[] {
    let left = start
    return slots.map((slot, index) => {
      const axis = left + columnSides(slot).left
      left += columnWidth(slot) + LANE_GAP
      return this.#placeLane({ step, card, axis }, slot, first + index)
    })
  }

  #placeFrame(
    { step, axis }: BlockJob,
    slot: MeasuredSlot,
    { top, from }: { readonly top: number; readonly from: readonly LaidOutNode[] },
  ): LaidOutNode {
    const { left, right } = frameSides(slot)
    const box = { x: axis - left, y: top, width: left + right, height: frameHeight(slot) }
    this.add({ id: `frame:${step.id}/${slot.slot}`, kind: 'frame', step, slot, ...box })
    return this.placeSequence({
      steps: slot.steps,
      sequence: { stepId: step.id, slot: slot.slot },
      axis,
      top: top + FRAME.caption,
      from,
      // Not across the frame's caption.
      joinY: top - FORK / 2,
    })
  }

  #placeLane({ step, card, axis }: BlockJob, slot: MeasuredSlot, laneIndex: number): LaidOutNode {
    const top = card.y + CARD.height + FORK
    const sequence = { stepId: step.id, slot: slot.slot }
    const label = this.add({
      id: `lane:${step.id}/${slot.slot}`,
      kind: 'lane',
      step,
      slot,
      laneIndex,
      ...around(axis, top, LANE),
    })
    this.connect(card, label, { owner: step.id, slot: slot.slot })
    const { steps, isSingle } = slot
    return this.placeSequence({ steps, sequence, axis, top: top + LANE.height + GAP, from: [label], isSingle })
  }

  connect(
    source: LaidOutNode,
    target: LaidOutNode,
    { joinY, ...belongs }: { readonly owner: string | null; readonly slot: string; readonly joinY?: number },
    hasArrow = false,
  ): void {
    // Lines go on under a plus, so that they do not break where none is drawn.
    const from = { x: source.x + source.width / 2, y: source.y + source.height / (source.kind === 'add' ? 2 : 1) }
    const to = { x: target.x + target.width / 2, y: target.y + (target.kind === 'add' ? target.height / 2 : 0) }
    // A fork turns soon after the card, a join just before the plus: lines of neighbours then lie on each other.
    const turnY = source.kind === 'add' ? (joinY ?? target.y - FORK / 2) : from.y + FORK / 2
    const points = from.x === to.x ? [from, to] : [from, { x: from.x, y: turnY }, { x: to.x, y: turnY }, to]
    this.edges.push({
      id: `${source.id}>${target.id}`,
      source: source.id,
      target: target.id,
      points,
      hasArrow,
      ...belongs,
    })
  }
}
