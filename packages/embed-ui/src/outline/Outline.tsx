import type { WorkflowDefinition } from '@inlay/engine'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { type CanvasStore, CanvasStoreProvider, useCanvasState } from '../canvas/canvas-store.js'
import { type CanvasView, CanvasViewProvider } from '../canvas/canvas-view.js'
import { nodeElement, nodeIdOf } from '../canvas/focus-node.js'
import { MoveBanner } from '../canvas/MoveBanner.js'
import { markByClick, markTowards } from '../canvas/marking.js'
import { placeWords } from '../canvas/place-words.js'
import { SelectionBar } from '../canvas/SelectionBar.js'
import { PlaceWordsProvider } from '../canvas/usePlaceWords.js'
import { useSummaryWords } from '../canvas/useSummaryWords.js'
import { findStep, ROOT_SEQUENCE, walkSteps } from '../document/sequences.js'
import { useTexts } from '../messages/useTexts.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import { OutlineTrigger } from './OutlineRow.js'
import { OutlineSearch } from './OutlineSearch.js'
import { OutlineSequence } from './OutlineSteps.js'
import styles from './outline.module.css'

export interface OutlineProps {
  readonly definition: WorkflowDefinition
  readonly view: CanvasView
  readonly store: CanvasStore
}

/**
 * A workflow as nested lists, in which everything can be done that the canvas offers. Lists and buttons, not a tree: screen
 * readers know how to walk them, say how deep one is, and let menus stand beside each step.
 */
export function Outline({ definition, view, store }: OutlineProps) {
  const t = useTexts()
  const box = useRef<HTMLElement>(null)
  const words = useSummaryWords(definition, view.connectors)
  const describePlace = useMemo(() => placeWords(definition, words), [definition, words])
  const order = useMemo(() => [...walkSteps(definition)].map(({ step }) => step.id), [definition])
  const said = useCanvasState((state) => state.said)
  return (
    <CanvasStoreProvider value={store}>
      <CanvasViewProvider value={view}>
        <PlaceWordsProvider value={describePlace}>
          <section
            ref={box}
            className={styles['outline']}
            data-inlay-part="outline"
            aria-label={t('outline.label')}
            onKeyDown={(event) => walk(event, box.current, view.edit === undefined ? undefined : store)}
            onClickCapture={(event) => markByClick(event, { view, store, order })}
          >
            <OutlineSearch definition={definition} words={words} />
            <MoveBanner onCancel={() => view.edit?.onPutDown(undefined)} />
            <OutlineTrigger words={words} />
            <OutlineSequence steps={definition.steps} sequence={ROOT_SEQUENCE} words={words} depth={0} />
            <SelectionBar
              definition={definition}
              onCommand={(command, id) => {
                const step = findStep(definition, id)?.step
                if (step !== undefined) view.onCommand(command, step)
              }}
            />
            <VisuallyHidden as="p" role="status" aria-live="polite">
              {said}
            </VisuallyHidden>
          </section>
        </PlaceWordsProvider>
      </CanvasViewProvider>
    </CanvasStoreProvider>
  )
}

/** Up and down go from one step or place to the next, as Tab does, but past the menus. */
function walk(event: KeyboardEvent, box: HTMLElement | null, marking: CanvasStore | undefined): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const from = nodeIdOf(event.target)
  if (by === 0 || from === undefined || box === null || event.altKey || event.ctrlKey || event.metaKey) return
  const isMarking = event.shiftKey && marking !== undefined
  const isMoving = box.querySelector('[data-move]') !== null
  const stops = isMarking
    ? '[data-inlay-part="outline-step"]'
    : isMoving
      ? '[data-nav][data-move="open"]'
      : '[data-nav]'
  const all = [...box.querySelectorAll<HTMLElement>(stops)]
  const next = all[all.findIndex((each) => each.dataset['nav'] === from) + by]
  if (next === undefined) return
  event.preventDefault()
  if (isMarking) markTowards(marking, from, next.dataset['nav'] ?? '')
  nodeElement(box, next.dataset['nav'] ?? '')?.focus()
}
