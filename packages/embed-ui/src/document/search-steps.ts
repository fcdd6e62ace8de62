// Finding steps by any of their words.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { matchesSearch, searchWords } from '../search/folded-text.js'
import { slotsOf, walkSteps } from './sequences.js'

/** A step that was found, with the blocks around it. */
export interface FoundMatch {
  readonly id: string
  readonly ancestors: readonly string[]
}

/** Steps in reading order that contain all words of a search: in their title, id, connector or any text in them. */
export function searchSteps(
  definition: WorkflowDefinition,
  search: string,
  titleOf: (step: Step) => string,
): readonly FoundMatch[] {
  if (searchWords(search).length === 0) return []
  return [...walkSteps(definition)].flatMap(({ step, ancestors }) => {
    return matchesSearch(search, [titleOf(step), ...ownTexts(step)]) ? [{ id: step.id, ancestors }] : []
  })
}

/** Every text of a step itself, without those of steps inside it. */
function ownTexts(step: Step): readonly string[] {
  const nested = new Set<unknown>(
    slotsOf(step).flatMap(({ steps, isSingle }): readonly unknown[] => (isSingle ? steps : [steps])),
  )
  const texts = (value: unknown): readonly string[] => {
    if (typeof value === 'string' || typeof value === 'number') return [String(value)]
    if (typeof value !== 'object' || value === null || nested.has(value)) return []
    return Object.values(value).flatMap(texts)
  }
  return texts(step)
}
