import type { IssueDetail, IssueDetails } from '@inlay/engine'
import type { MessageValues } from '../messages/format.js'

/** A fact as it stands in a text: lists are joined. */
export function plainFact(fact: IssueDetail): string | number {
  return typeof fact === 'object' ? fact.join(', ') : fact
}

/** Facts as values of a text, which takes of them what it names. */
export function factsAsValues(facts: IssueDetails): MessageValues {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, plainFact(fact)]))
}
