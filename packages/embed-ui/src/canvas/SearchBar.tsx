import type { WorkflowDefinition } from '@inlay/engine'
import { type RefObject, useEffect, useRef } from 'react'
import type { Layout } from '../graph/layout.js'
import { useCanvasState } from './canvas-store.js'
import { focusNode } from './focus-node.js'
import { SearchField } from './SearchField.js'
import type { SummaryWords } from './step-looks.js'
import { useStepSearch } from './useStepSearch.js'
import type { Viewport } from './useViewport.js'

export interface SearchBarProps {
  readonly definition: WorkflowDefinition
  readonly words: SummaryWords
  readonly layout: Layout
  readonly viewport: Viewport
  readonly box: RefObject<HTMLDivElement | null>
}

/** Finds steps on the canvas by name, id, connector and the texts in them. */
export function SearchBar(props: SearchBarProps) {
  const search = useCanvasState((state) => state.search)
  return search === undefined ? null : <OpenSearch {...props} value={search} />
}

function OpenSearch({ definition, words, layout, viewport, box, value }: SearchBarProps & { readonly value: string }) {
  const search = useStepSearch(definition, value, words)
  const { foundId } = search
  useReveal(foundId, layout, viewport)
  const close = () => {
    search.close()
    if (foundId !== undefined) requestAnimationFrame(() => focusNode(box.current, foundId))
  }
  return <SearchField value={value} search={search} onClose={close} />
}

/** Brings what was found into view, once it is drawn. */
function useReveal(foundId: string | undefined, layout: Layout, viewport: Viewport): void {
  const shown = useRef<string>(undefined)
  useEffect(() => {
    const node = layout.nodes.find(({ id }) => id === foundId)
    if (foundId === shown.current || (foundId !== undefined && node === undefined)) return
    // After the shift that keeps cards steady when blocks are opened.
    const frame = requestAnimationFrame(() => {
      shown.current = foundId
      if (node !== undefined) viewport.reveal(node)
    })
    return () => cancelAnimationFrame(frame)
  }, [foundId, layout, viewport])
}
