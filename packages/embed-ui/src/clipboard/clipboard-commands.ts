// Copying and pasting of steps, as a person does it.

import { mark } from '../canvas/canvas-store.js'
import { insertSteps, outermost, placeAfter } from '../document/move-steps.js'
import { newlyBroken } from '../document/references.js'
import type { Place } from '../document/sequences.js'
import { present, tellDone, type Workbench } from '../editor/workbench.js'
import { chordText } from '../shortcuts/match-shortcut.js'
import { readClipboard, writeClipboard } from './clipboard.js'
import { connectionsOf, readPasted, stripConnections, stripWorkflow, writeSteps } from './steps-text.js'

/** Steps as text, those inside others once. */
export function stepsText(bench: Workbench, ids: readonly string[]): string {
  return writeSteps(outermost(present(bench), ids).map(({ step }) => step))
}

/** Puts steps on the clipboard. @returns whether they are there */
export async function copySteps(bench: Workbench, ids: readonly string[]): Promise<boolean> {
  const { t, toast } = bench
  const isCopied = await writeClipboard(stepsText(bench, ids))
  if (isCopied) sayCopied(bench, ids)
  else toast({ tone: 'danger', title: t('clipboard.copyFailed') })
  return isCopied
}

/** Says that steps are on the clipboard. */
export function sayCopied(bench: Workbench, ids: readonly string[]): void {
  const { t, toast } = bench
  toast({ tone: 'success', title: t('clipboard.copied', { count: outermost(present(bench), ids).length }) })
}

/** Puts what is on the clipboard in after a step. */
export async function pasteFromClipboard(bench: Workbench, afterId: string | undefined): Promise<void> {
  const text = await readClipboard()
  if (text === undefined)
    bench.toast({ tone: 'danger', title: bench.t('clipboard.pasteByKeys', { keys: chordText('Mod+V', bench.t) }) })
  else pasteText(bench, text, placeAfter(present(bench), afterId))
}

/** Puts a text in as steps at a place; a text that is none is refused in words. */
export function pasteText(bench: Workbench, text: string, place: Place): void {
  const pasted = readPasted(text)
  const known = connectionsOf(present(bench))
  const isKnown = (id: string) => known.has(id) || bench.isKnownConnection(id)
  switch (pasted.kind) {
    case 'refused':
      bench.toast({ tone: 'danger', title: bench.t(`clipboard.${pasted.reason}`) })
      break
    case 'workflow':
      bench.askReplace(stripWorkflow(pasted.definition, isKnown).value)
      break
    case 'steps': {
      const { value, count } = stripConnections(pasted.steps, isKnown)
      insert(bench, value, { place, stripped: count })
    }
  }
}

interface PasteTarget {
  readonly place: Place
  readonly stripped: number
}

function insert(bench: Workbench, steps: Parameters<typeof insertSteps>[2], { place, stripped }: PasteTarget): void {
  const { builder, canvas, t, toast, focus } = bench
  const before = present(bench)
  const { definition, ids } = insertSteps(before, place, steps)
  const [first, ...more] = ids
  if (first === undefined) {
    toast({ tone: 'danger', title: t('clipboard.noRoom') })
    return
  }
  builder.edit(() => definition, { select: more.length === 0 ? first : null })
  mark(canvas, more.length === 0 ? [] : ids)
  focus(first)
  const missing = new Set(newlyBroken(before, definition).map((each) => each.missing))
  const notes = [
    ...(missing.size > 0 ? [t('clipboard.missing', { count: missing.size, names: [...missing].join(', ') })] : []),
    ...(stripped > 0 ? [t('clipboard.stripped', { count: stripped })] : []),
  ]
  const [detail, ...others] = notes
  tellDone(bench, { tone: 'success', title: t('clipboard.pasted', { count: ids.length }), detail })
  for (const title of others) toast({ tone: 'danger', title })
}
