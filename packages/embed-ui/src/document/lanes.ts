// The ways that a block offers side by side, and what can be done with each: cases, branches and variants.
import type { Step } from '@inlay/engine'
import {
  addBranch,
  addCase,
  addVariant,
  moveBranch,
  moveCase,
  moveVariant,
  removeBranch,
  removeCase,
  removeVariant,
  renameBranch,
  toBranchName,
  updateCase,
  updateVariant,
} from './branches.js'
import type { Slot } from './sequences.js'

export type LaneCommand = 'rename' | 'moveEarlier' | 'moveLater' | 'add' | 'delete'

/** What can be done with a lane; nothing with those that a block always has. */
export function laneCommands(step: Step, { slot }: Pick<Slot, 'slot'>): readonly LaneCommand[] {
  const lane = readLane(step, slot)
  if (lane === undefined) return isOtherwise(step, slot) ? ['add'] : []
  const { index, count, least } = lane
  return [
    'rename',
    ...(index > 0 ? (['moveEarlier'] as const) : []),
    ...(index < count - 1 ? (['moveLater'] as const) : []),
    'add',
    ...(count > least ? (['delete'] as const) : []),
  ]
}

/** The step after a command on one of its lanes; the same step when there is nothing to do. */
export function changeLane(step: Step, { slot }: Pick<Slot, 'slot'>, command: LaneCommand): Step {
  if (command === 'add') return addLane(step)
  const lane = readLane(step, slot)
  if (lane === undefined || command === 'rename') return step
  if (command === 'delete') return removeLane(step, lane)
  return moveLane(step, lane.index, command === 'moveLater' ? 1 : -1)
}

/** A step with a lane renamed. A case without a name shows its condition. */
export function renameLane(step: Step, { slot }: Pick<Slot, 'slot'>, name: string): Step {
  const lane = readLane(step, slot)
  if (lane === undefined) return step
  const words = name.trim()
  switch (step.type) {
    case 'branch':
      return updateCase(step, lane.index, { name: words })
    case 'parallel':
      return renameBranch(step, lane.name, toBranchName(words))
    case 'split':
      return words === '' ? step : updateVariant(step, lane.index, { name: words })
    default:
      return step
  }
}

/** What a lane is called; empty for a case without a name of its own. */
export function laneName(step: Step, { slot }: Pick<Slot, 'slot'>): string {
  return readLane(step, slot)?.name ?? ''
}

interface Lane {
  readonly index: number
  readonly name: string
  readonly count: number
  /** How many lanes have to stay. */
  readonly least: number
}

function readLane(step: Step, slot: string): Lane | undefined {
  const [list, part = ''] = slot.split('/')
  switch (step.type) {
    case 'branch':
      return list === 'cases'
        ? laneAt(Number(part), { names: step.cases.map(({ name = '' }) => name), least: 1 })
        : undefined
    case 'parallel': {
      const names = Object.keys(step.branches)
      return list === 'branches' ? laneAt(names.indexOf(part), { names, least: 1 }) : undefined
    }
    case 'split':
      return list === 'variants'
        ? laneAt(Number(part), { names: step.variants.map(({ name }) => name), least: 2 })
        : undefined
    default:
      return undefined
  }
}

function laneAt(index: number, { names, least }: { readonly names: readonly string[]; readonly least: number }) {
  const name = names[index]
  return name === undefined ? undefined : { index, name, count: names.length, least }
}

function isOtherwise(step: Step, slot: string): boolean {
  return step.type === 'branch' && slot === 'else'
}

function addLane(step: Step): Step {
  if (step.type === 'branch') return addCase(step)
  if (step.type === 'parallel') return addBranch(step)
  return step.type === 'split' ? addVariant(step) : step
}

function removeLane(step: Step, { index, name }: Lane): Step {
  if (step.type === 'branch') return removeCase(step, index)
  if (step.type === 'parallel') return removeBranch(step, name)
  return step.type === 'split' ? removeVariant(step, index) : step
}

function moveLane(step: Step, index: number, direction: -1 | 1): Step {
  if (step.type === 'branch') return moveCase(step, index, direction)
  if (step.type === 'parallel') return moveBranch(step, index, direction)
  return step.type === 'split' ? moveVariant(step, index, direction) : step
}
