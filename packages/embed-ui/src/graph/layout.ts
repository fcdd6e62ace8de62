// The automatic layout: places nested blocks top to bottom in one pass, so that nothing ever overlaps. Sizes are fixed,
// which makes positions a function of the document alone: cards never jump when their text changes.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { TRIGGER_OWNER } from '../document/issues.js'
import { type Place, ROOT_SEQUENCE, type SequenceRef, type Slot, slotsOf } from '../document/sequences.js'

/** Sizes in pixels of the canvas at 100 %. */
export const CARD = { width: 276, height: 66 } as const
export const ADD = { width: 24, height: 24 } as const
export const LANE = { width: 196, height: 28 } as const
const END = { width: 120, height: 30 } as const

/** From a card to the plus below it, and from there to the next card. */
const GAP = 18
/** From a card to the lanes that fork from it, and from lanes back to the trunk. */
const FORK = 34
const LANE_GAP = 36
const FRAME = { top: 26, bottom: 14, side: 28, caption: 30 } as const

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
    | { readonly kind: 'step'; readonly step: Step }
    | { readonly kind: 'add'; readonly place: Place; readonly isEmpty: boolean }
    | { readonly kind: 'lane'; readonly step: Step; readonly slot: Slot; readonly laneIndex: number }
    | { readonly kind: 'frame'; readonly step: Step }
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

/** Room that a block takes on both sides of its axis, and downwards. */
interface Extent {
  readonly left: number
  readonly right: number
  readonly height: number
}

interface Measured {
  readonly extents: Map<Step, Extent>
  readonly slots: Map<Step, readonly MeasuredSlot[]>
}

interface MeasuredSlot extends Slot {
  readonly extent: Extent
}

/** Places every card, plus, lane and edge of a definition. Linear in the number of steps. */
export function layOut(definition: WorkflowDefinition): Layout {
  const measured: Measured = { extents: new Map(), slots: new Map() }
  const extent = measureSequence(definition.steps, measured)
  const placer = new Placer(measured)
  const axis = Math.max(extent.left, CARD.width / 2)
  const trigger = placer.add({ id: TRIGGER_OWNER, kind: 'trigger', ...around(axis, 0, CARD) })
  const last = placer.placeSequence({
    steps: definition.steps,
    sequence: ROOT_SEQUENCE,
    axis,
    top: CARD.height + GAP,
    from: trigger,
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

function measureSequence(steps: readonly Step[], measured: Measured): Extent {
  let left = ADD.width / 2
  let right = ADD.width / 2
  let height = ADD.height
  for (const step of steps) {
    const extent = measureStep(step, measured)
    left = Math.max(left, extent.left)
    right = Math.max(right, extent.right)
    height += GAP + extent.height + joinGap(step) + ADD.height
  }
  return { left, right, height }
}

/** From the bottom of a block to the plus after it. */
function joinGap(step: Step): number {
  return slotsOf(step).some(({ kind }) => kind !== 'body') ? FORK : GAP
}

function measureStep(step: Step, measured: Measured): Extent {
  const slots = slotsOf(step).map((slot): MeasuredSlot => ({ ...slot, extent: measureSequence(slot.steps, measured) }))
  measured.slots.set(step, slots)
  const extent = blockExtent(slots)
  measured.extents.set(step, extent)
  return extent
}

function blockExtent(slots: readonly MeasuredSlot[]): Extent {
  const half = CARD.width / 2
  const body = slots.find(({ kind }) => kind === 'body')
  const lanes = slots.filter(({ kind }) => kind !== 'body' && kind !== 'fallback')
  const fallback = slots.find(({ kind }) => kind === 'fallback')
  let main: Extent = { left: half, right: half, height: CARD.height }
  if (body !== undefined) {
    const side = FRAME.side
    main = {
      left: Math.max(half, body.extent.left) + side,
      right: Math.max(half, body.extent.right) + side,
      height: CARD.height + FRAME.top + FRAME.caption + body.extent.height + FRAME.bottom,
    }
  } else if (lanes.length > 0) {
    const sides = lanesSides(lanes)
    main = {
      left: Math.max(half, sides.left),
      right: Math.max(half, sides.right),
      height: CARD.height + lanesHeight(lanes),
    }
  }
  if (fallback === undefined) return main
  return {
    left: main.left,
    right: main.right + LANE_GAP + columnWidth(fallback),
    height: Math.max(main.height, CARD.height + lanesHeight([fallback])),
  }
}

function columnSides({ extent }: MeasuredSlot): { readonly left: number; readonly right: number } {
  return { left: Math.max(extent.left, LANE.width / 2), right: Math.max(extent.right, LANE.width / 2) }
}

function columnWidth(slot: MeasuredSlot): number {
  const { left, right } = columnSides(slot)
  return left + right
}

/**
 * How far lanes reach on both sides of the trunk. A middle lane goes straight on from the card, and with an even number
 * the trunk is halfway between the two in the middle: a lane that is off by a little looks like a mistake.
 */
function lanesSides(lanes: readonly MeasuredSlot[]): { readonly left: number; readonly right: number } {
  let width = -LANE_GAP
  const axes = lanes.map((lane) => {
    const axis = width + LANE_GAP + columnSides(lane).left
    width += LANE_GAP + columnWidth(lane)
    return axis
  })
  const middle = (axes.length - 1) / 2
  const left = ((axes[Math.floor(middle)] ?? 0) + (axes[Math.ceil(middle)] ?? 0)) / 2
  return { left, right: width - left }
}

function lanesHeight(lanes: readonly MeasuredSlot[]): number {
  return FORK + LANE.height + GAP + Math.max(...lanes.map(({ extent }) => extent.height))
}

function around(axis: number, y: number, { width, height }: { readonly width: number; readonly height: number }): Box {
  return { x: axis - width / 2, y, width, height }
}

interface SequenceJob {
  readonly steps: readonly Step[]
  readonly sequence: SequenceRef
  readonly axis: number
  readonly top: number
  readonly from: LaidOutNode
}

class Placer {
  readonly nodes: LaidOutNode[] = []
  readonly edges: LaidOutEdge[] = []
  readonly #measured: Measured

  constructor(measured: Measured) {
    this.#measured = measured
  }

  add(node: LaidOutNode): LaidOutNode {
    this.nodes.push(node)
    return node
  }

  /** @returns the last plus of the sequence */
  placeSequence({ steps, sequence, axis, top, from }: SequenceJob): LaidOutNode {
    const belongs = { owner: sequence.stepId, slot: sequence.slot }
    const isEmpty = steps.length === 0
    let plus = this.#placeAdd({ ...sequence, index: 0 }, { axis, top, isEmpty })
    this.connect(from, plus, belongs)
    for (const [index, step] of steps.entries()) {
      const y = plus.y + ADD.height + GAP
      const card = this.add({ id: step.id, kind: 'step', step, ...around(axis, y, CARD) })
      this.connect(plus, card, belongs, true)
      const ends = this.#placeInside(step, card, axis)
      const bottom = y + (this.#measured.extents.get(step)?.height ?? CARD.height)
      plus = this.#placeAdd({ ...sequence, index: index + 1 }, { axis, top: bottom + joinGap(step), isEmpty: false })
      for (const end of ends) this.connect(end, plus, belongs)
    }
    return plus
  }

  #placeAdd(
    place: Place,
    { axis, top, isEmpty }: { readonly axis: number; readonly top: number; readonly isEmpty: boolean },
  ): LaidOutNode {
    const id = `+${place.stepId ?? ''}/${place.slot}/${place.index}`
    return this.add({ id, kind: 'add', place, isEmpty, ...around(axis, top, ADD) })
  }

  /** Places what is nested in a step. @returns the nodes that lead on from the block */
  #placeInside(step: Step, card: LaidOutNode, axis: number): readonly LaidOutNode[] {
    const slots = this.#measured.slots.get(step) ?? []
    const body = slots.find(({ kind }) => kind === 'body')
    const lanes = slots.filter(({ kind }) => kind !== 'body' && kind !== 'fallback')
    const fallback = slots.find(({ kind }) => kind === 'fallback')
    const ends: LaidOutNode[] = []
    if (body !== undefined) ends.push(this.#placeBody(step, body, { card, axis }))
    else if (lanes.length > 0) ends.push(...this.#placeLanes(step, lanes, { card, axis }))
    else ends.push(card)
    if (fallback !== undefined) {
      const extent = this.#measured.extents.get(step)
      const left = axis + (extent?.right ?? 0) - columnWidth(fallback)
      ends.push(this.#placeLane(step, fallback, { card, left, laneIndex: lanes.length }))
    }
    return ends
  }

  #placeBody(
    step: Step,
    body: MeasuredSlot,
    { card, axis }: { readonly card: LaidOutNode; readonly axis: number },
  ): LaidOutNode {
    const y = card.y + CARD.height + FRAME.top
    const [left, right] = [
      Math.max(CARD.width / 2, body.extent.left) + FRAME.side,
      Math.max(CARD.width / 2, body.extent.right) + FRAME.side,
    ]
    const height = FRAME.caption + body.extent.height + FRAME.bottom
    this.add({ id: `frame:${step.id}`, kind: 'frame', step, x: axis - left, y, width: left + right, height })
    return this.placeSequence({
      steps: body.steps,
      sequence: { stepId: step.id, slot: body.slot },
      axis,
      top: y + FRAME.caption,
      from: card,
    })
  }

  #placeLanes(
    step: Step,
    lanes: readonly MeasuredSlot[],
    { card, axis }: { readonly card: LaidOutNode; readonly axis: number },
  ): readonly LaidOutNode[] {
    let left = axis - lanesSides(lanes).left
    return lanes.map((lane, laneIndex) => {
      const end = this.#placeLane(step, lane, { card, left, laneIndex })
      left += columnWidth(lane) + LANE_GAP
      return end
    })
  }

  #placeLane(
    step: Step,
    lane: MeasuredSlot,
    { card, left, laneIndex }: { readonly card: LaidOutNode; readonly left: number; readonly laneIndex: number },
  ): LaidOutNode {
    const axis = left + columnSides(lane).left
    const top = card.y + CARD.height + FORK
    const { stepId, slot } = { stepId: step.id, slot: lane.slot }
    const label = this.add({
      id: `lane:${stepId}/${slot}`,
      kind: 'lane',
      step,
      slot: lane,
      laneIndex,
      ...around(axis, top, LANE),
    })
    this.connect(card, label, { owner: stepId, slot })
    return this.placeSequence({
      steps: lane.steps,
      sequence: { stepId, slot },
      axis,
      top: top + LANE.height + GAP,
      from: label,
    })
  }

  connect(
    source: LaidOutNode,
    target: LaidOutNode,
    belongs: { readonly owner: string | null; readonly slot: string },
    hasArrow = false,
  ): void {
    // Lines go on under a plus, so that they do not break where none is drawn.
    const from = { x: source.x + source.width / 2, y: source.y + source.height / (source.kind === 'add' ? 2 : 1) }
    const to = { x: target.x + target.width / 2, y: target.y + (target.kind === 'add' ? target.height / 2 : 0) }
    // A fork turns soon after the card, a join just before the plus: lines of neighbours then lie on each other.
    const turnY = source.kind === 'add' ? target.y - FORK / 2 : from.y + FORK / 2
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

const CORNER = 10

/** The SVG path of an edge, with rounded corners. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let path = `M${first.x} ${first.y}`
  for (const [index, point] of rest.entries()) {
    const before = points[index] ?? point
    const after = rest[index + 1]
    if (after === undefined) path += `L${point.x} ${point.y}`
    else {
      const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2)
      const [start, end] = [towards(point, before, radius), towards(point, after, radius)]
      path += `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`
    }
  }
  return path
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return { x: from.x + ((to.x - from.x) / whole) * length, y: from.y + ((to.y - from.y) / whole) * length }
}
