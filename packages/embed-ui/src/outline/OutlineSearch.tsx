import type { WorkflowDefinition } from '@inlay/engine'
import { useEffect, useRef } from 'react'
import { useCanvasState } from '../canvas/canvas-store.js'
import { focusNode, nodeElement } from '../canvas/focus-node.js'
import { SearchField } from '../canvas/SearchField.js'
import type { SummaryWords } from '../canvas/step-looks.js'
import { useStepSearch } from '../canvas/useStepSearch.js'
import styles from './outline.module.css'

export interface OutlineSearchProps {
  readonly definition: WorkflowDefinition
  readonly words: SummaryWords
}

/** Finds steps in the outline. */
export function OutlineSearch(props: OutlineSearchProps) {
  const search = useCanvasState((state) => state.search)
  return search === undefined ? null : <OpenSearch {...props} value={search} />
}

function OpenSearch({ definition, words, value }: OutlineSearchProps & { readonly value: string }) {
  const box = useRef<HTMLDivElement>(null)
  const search = useStepSearch(definition, value, words)
  const { foundId } = search
  const outline = () => box.current?.parentElement ?? null
  useEffect(() => {
    const parent = box.current?.parentElement ?? null
    if (foundId !== undefined) nodeElement(parent, foundId)?.scrollIntoView({ block: 'nearest' })
  }, [foundId])
  const close = () => {
    const list = outline()
    search.close()
    if (foundId !== undefined) requestAnimationFrame(() => focusNode(list, foundId))
  }
  return (
    <div ref={box} className={styles['searchRow']}>
      <SearchField value={value} search={search} onClose={close} />
    </div>
  )
}
