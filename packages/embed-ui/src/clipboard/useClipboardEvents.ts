import { type RefObject, useEffect, useRef } from 'react'
import { focusedElement, isTyping, nodeIdOf } from '../canvas/focus-node.js'
import { placeAfter } from '../document/move-steps.js'
import { findStep, type Place } from '../document/sequences.js'
import { remove } from '../editor/step-commands.js'
import { present, type Workbench } from '../editor/workbench.js'
import { handledByBrowser } from './browser-turn.js'
import { rememberCopied } from './clipboard.js'
import { pasteText, sayCopied, stepsText } from './clipboard-commands.js'

/**
 * Copies, cuts and pastes steps when the browser says so: by Ctrl+C, by its menu, or by a screen reader's command. Needs
 * no permission, and leaves text fields and selected text alone.
 */
export function useClipboardEvents(room: RefObject<HTMLElement | null>, bench: Workbench, isEditable: boolean): void {
  const latest = useRef({ bench, isEditable })
  latest.current = { bench, isEditable }
  useEffect(() => {
    const document = room.current?.ownerDocument
    if (document === undefined) return
    const take = (event: ClipboardEvent) => copyOrCut(event, focusedIn(room.current), latest.current)
    const paste = (event: ClipboardEvent) => pasteHere(event, focusedIn(room.current), latest.current)
    document.addEventListener('copy', take)
    document.addEventListener('cut', take)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', take)
      document.removeEventListener('cut', take)
      document.removeEventListener('paste', paste)
    }
  }, [room])
}

interface Context {
  readonly bench: Workbench
  readonly isEditable: boolean
}

function copyOrCut(event: ClipboardEvent, nodeId: string | undefined, { bench, isEditable }: Context): void {
  if (nodeId === undefined || (event.type === 'cut' && !isEditable)) return
  const { marked } = bench.canvas.getState()
  const isStep = findStep(present(bench), nodeId) !== undefined
  const ids = marked.size > 0 ? [...marked] : isStep ? [nodeId] : []
  if (ids.length === 0) return
  handledByBrowser(bench)
  const text = stepsText(bench, ids)
  event.clipboardData?.setData('text/plain', text)
  event.preventDefault()
  rememberCopied(text)
  if (event.type === 'cut') remove(bench, ids, 'cut')
  else sayCopied(bench, ids)
}

function pasteHere(event: ClipboardEvent, nodeId: string | undefined, { bench, isEditable }: Context): void {
  if (nodeId === undefined || !isEditable) return
  handledByBrowser(bench)
  event.preventDefault()
  pasteText(bench, event.clipboardData?.getData('text/plain') ?? '', placeOf(bench, nodeId))
}

/** The place of a plus, or the one after a step. */
function placeOf(bench: Workbench, nodeId: string): Place {
  const plus = /^\+([^/]*)\/(.+)\/(\d+)$/.exec(nodeId)
  if (plus === null) return placeAfter(present(bench), nodeId)
  const [, owner = '', slot = '', index = '0'] = plus
  return { stepId: owner === '' ? null : owner, slot, index: Number(index) }
}

/** The step or plus that has the focus; undefined where a person types or has selected text. */
function focusedIn(room: HTMLElement | null): string | undefined {
  // The event's own target is where the text caret was last, which is often the whole page.
  const focused = room === null ? null : focusedElement(room)
  if (room === null || focused === null || !room.contains(focused) || isTyping(focused)) return undefined
  const selection = room.ownerDocument.getSelection()
  return selection === null || selection.isCollapsed ? nodeIdOf(focused) : undefined
}
