import type { Evidence } from './evidence.js'

/**
 * Seconds of a practised person per action, after Card, Moran and Newell's keystroke-level model: to think of it, to point
 * at it, to press; or one key of an average typist.
 */
const PER_CLICK = 1.35 + 1.1 + 0.2
const PER_KEY = 0.28

/** What a person would need for what a script has done: the product's own time, and the person's by the model. */
export function personSeconds(evidence: Evidence, check: number): number {
  const own = evidence.number(check, 'seconds')
  const keys = evidence.has(check, 'keys') ? evidence.number(check, 'keys') : 0
  return own + evidence.number(check, 'clicks') * PER_CLICK + keys * PER_KEY
}
