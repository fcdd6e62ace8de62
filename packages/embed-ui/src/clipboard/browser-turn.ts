// Most browsers tell of Ctrl+C by an event of its own, some only when text is selected. Whoever comes first does it.
import type { Workbench } from '../editor/workbench.js'

const TURNS = new WeakMap<Workbench, number>()

/** Says that the browser told of a copy, cut or paste. */
export function handledByBrowser(bench: Workbench): void {
  TURNS.set(bench, turnsOf(bench) + 1)
}

/** Does what a key asks for, unless the browser tells of it right after the key. */
export function unlessHandled(bench: Workbench, action: () => void): void {
  const before = turnsOf(bench)
  setTimeout(() => {
    if (turnsOf(bench) === before) action()
  })
}

function turnsOf(bench: Workbench): number {
  return TURNS.get(bench) ?? 0
}
