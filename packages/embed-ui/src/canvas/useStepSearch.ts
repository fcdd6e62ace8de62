import type { WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import { type FoundMatch, searchSteps } from '../document/search-steps.js'
import { unfold, useCanvasState, useCanvasStore } from './canvas-store.js'
import { type SummaryWords, stepTitle } from './step-looks.js'

export interface StepSearch {
  readonly matches: readonly FoundMatch[]
  /** Which of them the search has arrived at; -1 at none. */
  readonly at: number
  /** The step that it has arrived at. */
  readonly foundId: string | undefined
  change(text: string): void
  go(by: -1 | 1): void
  close(): void
}

/** Looks for steps by any of their words, and opens collapsed blocks around what it finds. */
export function useStepSearch(definition: WorkflowDefinition, search: string, words: SummaryWords): StepSearch {
  const store = useCanvasStore()
  const foundId = useCanvasState((state) => state.foundId)
  const find = useMemo(
    () => (text: string) => searchSteps(definition, text, (step) => stepTitle(step, words.connectors, words.t)),
    [definition, words],
  )
  const matches = useMemo(() => find(search), [find, search])
  const at = matches.findIndex(({ id }) => id === foundId)
  const arrive = (match: FoundMatch | undefined) => {
    if (match !== undefined) unfold(store, match.ancestors)
    store.setState({ foundId: match?.id })
  }
  return {
    matches,
    at,
    foundId,
    change: (text) => {
      store.setState({ search: text })
      arrive(find(text)[0])
    },
    go: (by) => {
      const start = at === -1 && by === -1 ? 0 : at
      arrive(matches[(start + by + matches.length) % matches.length])
    },
    close: () => store.setState({ search: undefined, foundId: undefined }),
  }
}
