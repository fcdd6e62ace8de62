// What can be done with one step or several. Each command is one entry of undo.
import { clearMarks, mark, say, toggleFold } from '../canvas/canvas-store.js'
import type { StepCommand } from '../canvas/canvas-view.js'
import { dropPlaces } from '../canvas/drop-places.js'
import { copySteps, pasteFromClipboard } from '../clipboard/clipboard-commands.js'
import { sequenceAt } from '../document/edit.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import {
  duplicateSteps,
  moveSteps,
  neighbourPlace,
  outermost,
  placeAfter,
  removeSteps,
  sidewaysPlace,
} from '../document/move-steps.js'
import { newlyBroken } from '../document/references.js'
import { findStep, type Place } from '../document/sequences.js'
import { present, tellDone, type Workbench } from './workbench.js'

/** Carries out a command on a step, or on all marked steps when it is one of them. */
export function runCommand(bench: Workbench, command: StepCommand, id: string): void {
  const { marked } = bench.canvas.getState()
  COMMANDS[command](bench, marked.has(id) ? [...marked] : [id], id)
}

type Command = (bench: Workbench, ids: readonly string[], id: string) => void

const COMMANDS: Readonly<Record<StepCommand, Command>> = {
  open: ({ builder, canvas, focusForm }, _ids, id) => {
    clearMarks(canvas)
    builder.select(id)
    focusForm()
  },
  rename: ({ builder }, _ids, id) => builder.startRename(id),
  note: ({ openNote }, _ids, id) => openNote(id),
  addAfter: (bench, _ids, id) => bench.openAdd(placeAfter(present(bench), id)),
  duplicate,
  copy: (bench, ids) => void copySteps(bench, ids),
  cut: (bench, ids) => void copySteps(bench, ids).then((isCopied) => isCopied && remove(bench, ids, 'cut')),
  paste: (bench, _ids, id) => void pasteFromClipboard(bench, id),
  moveTo: (bench, ids) => takeUp(bench, ids, 'keys'),
  moveUp: (bench, ids) => moveBeside(bench, ids, (first) => neighbourPlace(present(bench), first, -1)),
  moveDown: (bench, ids) => moveBeside(bench, ids, (_first, last) => neighbourPlace(present(bench), last, 1)),
  moveLeft: (bench, ids) => moveBeside(bench, ids, (first) => sidewaysPlace(present(bench), first, -1)),
  moveRight: (bench, ids) => moveBeside(bench, ids, (first) => sidewaysPlace(present(bench), first, 1)),
  fold: ({ canvas }, _ids, id) => toggleFold(canvas, id),
  delete: (bench, ids) => remove(bench, ids, 'deleted'),
}

/** Takes steps out, and offers to bring them back. */
export function remove(bench: Workbench, ids: readonly string[], how: 'deleted' | 'cut'): void {
  const { builder, canvas, t } = bench
  const before = present(bench)
  const count = outermost(before, ids).length
  if (count === 0) return
  clearMarks(canvas)
  builder.edit((old) => removeSteps(old, ids))
  const users = new Set(newlyBroken(before, present(bench)).map(({ stepId }) => stepId)).size
  tellDone(bench, {
    tone: 'success',
    title: t(`steps.${how}`, { count }),
    detail: users === 0 ? undefined : t('steps.orphans', { count: users }),
  })
}

function duplicate(bench: Workbench, ids: readonly string[]): void {
  const { builder, canvas, focus } = bench
  const copy = duplicateSteps(present(bench), ids)
  const [first, ...more] = copy.ids
  if (first === undefined) return
  builder.edit(() => copy.definition, { select: more.length === 0 ? first : null })
  mark(canvas, more.length === 0 ? [] : copy.ids)
  focus(first)
}

/** Lets steps look for a new place. */
export function takeUp(bench: Workbench, ids: readonly string[], by: 'pointer' | 'keys'): void {
  const { canvas, builder, focus } = bench
  const definition = present(bench)
  const moved = outermost(definition, ids).map(({ step }) => step.id)
  const [first] = moved
  if (first === undefined) return
  const places = dropPlaces(definition, moved, canvas.getState().collapsed)
  if (by === 'keys') builder.select(null)
  canvas.setState({ moving: { ids: moved, by, places, targetId: undefined } })
  const nearest = by === 'keys' ? nearestAfter(bench, first, places) : undefined
  if (nearest !== undefined) focus(nearest)
}

/** The open place that comes first after a step in its own sequence, else the last one there, else the first of all. */
function nearestAfter(bench: Workbench, id: string, places: ReadonlySet<string>): string | undefined {
  const open = [...places]
  const place = findStep(present(bench), id)?.place
  if (place === undefined) return open[0]
  const prefix = `+${place.stepId ?? ''}/${place.slot}/`
  const after = open.find((each) => each.startsWith(prefix) && Number(each.slice(prefix.length)) > place.index)
  return after ?? open.findLast((each) => each.startsWith(prefix)) ?? open[0]
}

/** Puts down the steps that are being moved; without a place they stay where they were. */
export function putDown(bench: Workbench, place: Place | undefined): void {
  const { canvas, focus } = bench
  const { moving } = canvas.getState()
  if (moving === undefined) return
  const [first] = moving.ids
  canvas.setState({ moving: undefined })
  if (place === undefined) say(canvas, bench.t('move.cancelled'))
  else move(bench, moving.ids, { place, anchorId: stillBeside(bench, moving.ids, place) })
  if (first !== undefined) focus(first)
}

function moveBeside(
  bench: Workbench,
  ids: readonly string[],
  placeOf: (first: string, last: string) => Place | undefined,
): void {
  const moved = outermost(present(bench), ids)
  const [first, last] = [moved[0]?.step.id, moved.at(-1)?.step.id]
  const place = first === undefined || last === undefined ? undefined : placeOf(first, last)
  if (place === undefined || first === undefined) return
  move(bench, ids, { place, anchorId: first })
  bench.focus(first)
}

interface Target {
  readonly place: Place
  /** The card that stays where it is on the screen. */
  readonly anchorId: string
}

function move(bench: Workbench, ids: readonly string[], { place, anchorId }: Target): void {
  const { builder, canvas, t, placeWords } = bench
  const before = present(bench)
  const next = moveSteps(before, ids, place)
  if (next === before) return
  const where = placeWords(place)
  canvas.setState({ anchorId })
  builder.edit(() => next)
  const count = outermost(next, ids).length
  say(canvas, t('move.done', { count, place: where }))
  const broken = new Set(newlyBroken(before, next).map(({ stepId }) => stepId)).size
  if (broken === 0) return
  tellDone(bench, {
    tone: 'danger',
    title: t('move.done', { count, place: where }),
    detail: t('steps.outOfSight', { count: broken }),
  })
}

/** The card that steps are put down after, or the block that they are put into. */
function stillBeside(bench: Workbench, moved: readonly string[], place: Place): string {
  const before = sequenceAt(present(bench), place)
    .slice(0, place.index)
    .findLast(({ id }) => !moved.includes(id))
  return before?.id ?? place.stepId ?? TRIGGER_OWNER
}
