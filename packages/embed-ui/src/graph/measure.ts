// How much room blocks take, before anything has a place.
import type { Step } from '@inlay/engine'
import { isBlock, type Slot, type SlotKind, slotsOf } from '../document/sequences.js'

/** Sizes in pixels of the canvas at 100 %. */
export const CARD = { width: 276, height: 66 } as const
export const ADD = { width: 24, height: 24 } as const
export const LANE = { width: 196, height: 28 } as const
/** The strip below a collapsed block's card that says what is inside. */
export const FOLD = { height: 30 } as const
export const END = { width: 120, height: 30 } as const

/** From a card to the plus below it, and from there to the next card. */
export const GAP = 18
/** From a card to the lanes that fork from it, and from lanes back to the trunk. */
export const FORK = 34
export const LANE_GAP = 36
export const FRAME = { top: 26, bottom: 14, side: 28, caption: 30 } as const

/** Room that a block takes on both sides of its axis, and downwards. */
export interface Extent {
  readonly left: number
  readonly right: number
  readonly height: number
}

/** Room on both sides of an axis. */
export type Sides = Pick<Extent, 'left' | 'right'>

export interface MeasuredSlot extends Slot {
  readonly extent: Extent
}

/** The sequences of a block by how they are drawn, with the room that each part takes. */
export interface Block {
  /** Boxes on the trunk, one below the other. */
  readonly frames: readonly MeasuredSlot[]
  /** Columns that share the trunk's way. */
  readonly lanes: readonly MeasuredSlot[]
  /** Columns to the right: the way around a failure. */
  readonly detours: readonly MeasuredSlot[]
  /** The box that is entered from the trunk and from the detours of its own block alike. */
  readonly last: MeasuredSlot | undefined
  /** Of everything above `last`. */
  readonly upper: Extent
  readonly extent: Extent
}

const DRAWN: Readonly<Record<SlotKind, 'frame' | 'lane' | 'detour' | 'last'>> = {
  case: 'lane',
  else: 'lane',
  branch: 'lane',
  variant: 'lane',
  body: 'frame',
  attempt: 'frame',
  notify: 'frame',
  catch: 'detour',
  fallback: 'detour',
  undo: 'detour',
  finally: 'last',
}

/** The blocks of a definition's steps, of which some are collapsed. */
export class Measure {
  readonly #blocks = new Map<Step, Block>()
  readonly #collapsed: ReadonlySet<string>

  constructor(collapsed: ReadonlySet<string>) {
    this.#collapsed = collapsed
  }

  /** Whether only a strip says what is inside a step. */
  isFolded(step: Step): boolean {
    return this.#collapsed.has(step.id) && isBlock(step)
  }

  block(step: Step): Block {
    const known = this.#blocks.get(step)
    if (known !== undefined) return known
    const block = this.isFolded(step) ? FOLDED : this.#unfolded(step)
    this.#blocks.set(step, block)
    return block
  }

  #unfolded(step: Step): Block {
    const slots = slotsOf(step).map((slot): MeasuredSlot => ({ ...slot, extent: this.sequence(slot.steps) }))
    return measureBlock(slots)
  }

  sequence(steps: readonly Step[]): Extent {
    let left = ADD.width / 2
    let right = ADD.width / 2
    let height = ADD.height
    for (const step of steps) {
      const { extent } = this.block(step)
      left = Math.max(left, extent.left)
      right = Math.max(right, extent.right)
      height += GAP + extent.height + this.joinGap(step) + ADD.height
    }
    return { left, right, height }
  }

  /** From the bottom of a block to the plus after it. */
  joinGap(step: Step): number {
    const { lanes, detours, last } = this.block(step)
    return lanes.length + detours.length > 0 && last === undefined ? FORK : GAP
  }
}

const FOLDED_EXTENT: Extent = { left: CARD.width / 2, right: CARD.width / 2, height: CARD.height + FOLD.height }

const FOLDED: Block = {
  frames: [],
  lanes: [],
  detours: [],
  last: undefined,
  upper: FOLDED_EXTENT,
  extent: FOLDED_EXTENT,
}

function measureBlock(slots: readonly MeasuredSlot[]): Block {
  const drawn = (as: 'frame' | 'lane' | 'detour') => slots.filter(({ kind }) => DRAWN[kind] === as)
  const [frames, lanes, detours] = [drawn('frame'), drawn('lane'), drawn('detour')]
  const last = slots.find(({ kind }) => DRAWN[kind] === 'last')
  const main = mainExtent(frames, lanes)
  const upper = {
    left: main.left,
    right: detours.reduce((sum, slot) => sum + LANE_GAP + columnWidth(slot), main.right),
    height: detours.length === 0 ? main.height : Math.max(main.height, CARD.height + lanesHeight(detours)),
  }
  if (last === undefined) return { frames, lanes, detours, last, upper, extent: upper }
  const sides = frameSides(last)
  const extent = {
    left: Math.max(upper.left, sides.left),
    right: Math.max(upper.right, sides.right),
    height: upper.height + FORK + frameHeight(last),
  }
  return { frames, lanes, detours, last, upper, extent }
}

function mainExtent(frames: readonly MeasuredSlot[], lanes: readonly MeasuredSlot[]): Extent {
  const half = CARD.width / 2
  const lanesRoom = lanesSides(lanes)
  const sides = [{ left: half, right: half }, ...frames.map(frameSides), ...(lanes.length === 0 ? [] : [lanesRoom])]
  const frameHeights = frames.reduce((sum, frame) => sum + FRAME.top + frameHeight(frame), 0)
  return {
    left: Math.max(...sides.map(({ left }) => left)),
    right: Math.max(...sides.map(({ right }) => right)),
    height: CARD.height + frameHeights + (lanes.length === 0 ? 0 : lanesHeight(lanes)),
  }
}

export function frameSides({ extent }: MeasuredSlot): Sides {
  const half = CARD.width / 2
  return { left: Math.max(half, extent.left) + FRAME.side, right: Math.max(half, extent.right) + FRAME.side }
}

export function frameHeight({ extent }: MeasuredSlot): number {
  return FRAME.caption + extent.height + FRAME.bottom
}

export function columnSides({ extent }: MeasuredSlot): Sides {
  return { left: Math.max(extent.left, LANE.width / 2), right: Math.max(extent.right, LANE.width / 2) }
}

export function columnWidth(slot: MeasuredSlot): number {
  const { left, right } = columnSides(slot)
  return left + right
}

/**
 * How far lanes reach on both sides of the trunk. A middle lane goes straight on from the card, and with an even number
 * the trunk is halfway between the two in the middle: a lane that is off by a little looks like a mistake.
 */
export function lanesSides(lanes: readonly MeasuredSlot[]): Sides {
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
