// What an edit did, to say what undo would take back.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { isSameSequence, walkSteps } from './sequences.js'

type ChangeKind = 'added' | 'removed' | 'moved' | 'changed' | 'renamed' | 'trigger' | 'workflow'

/** The gist of an edit. */
export interface Change {
  readonly kind: ChangeKind
  /** How many steps it concerned, without those inside them. */
  readonly count: number
  /** The first of these steps. */
  readonly step: Step | undefined
}

/** What happened between two documents that follow each other. */
export function describeChange(before: WorkflowDefinition, after: WorkflowDefinition): Change {
  const old = index(before)
  const now = index(after)
  const added = outer(now, old)
  if (added.length > 0) return { kind: 'added', count: added.length, step: added[0] }
  const removed = outer(old, now)
  if (removed.length > 0) return { kind: 'removed', count: removed.length, step: removed[0] }
  const pairs = [...now].flatMap(([id, here]) => {
    const there = old.get(id)
    return there === undefined ? [] : [{ here, there }]
  })
  const moved = pairs.filter(({ here, there }) => !isSameSequence(here.place, there.place))
  if (moved.length > 0) return { kind: 'moved', count: moved.length, step: moved[0]?.here.step }
  const shifted = pairs.find(({ here, there }) => here.place.index !== there.place.index)
  if (shifted !== undefined) return { kind: 'moved', count: 1, step: shifted.here.step }
  // The innermost step that differs is the one that was changed: those around it differ along with it.
  const changed = pairs.findLast(({ here, there }) => here.step !== there.step)
  if (changed !== undefined) {
    const isRenamed = changed.here.step.name !== changed.there.step.name
    return { kind: isRenamed ? 'renamed' : 'changed', count: 1, step: changed.here.step }
  }
  if (before.trigger !== after.trigger) return { kind: 'trigger', count: 0, step: undefined }
  return { kind: 'workflow', count: 0, step: undefined }
}

type Index = ReturnType<typeof index>

function index(definition: WorkflowDefinition) {
  return new Map([...walkSteps(definition)].map((found) => [found.step.id, found]))
}

/** Steps of one index that are not in another, without those inside them. */
function outer(all: Index, others: Index): readonly Step[] {
  return [...all.values()]
    .filter(({ step, ancestors }) => !others.has(step.id) && ancestors.every((id) => others.has(id)))
    .map(({ step }) => step)
}
