/**
 * Finding text in text in linear time. The engine's own search is quadratic for some long needles (27 s for 200,000
 * characters in a million), and expressions choose both.
 */
import type { Budget } from './limits.js'

/** Needles up to this length leave the engine's search no room to be slow. */
const SHORT_NEEDLE = 64

/** A step of the search below in fuel: dearer than a copied character, cheaper than a node. */
const FUEL_PER_STEP = 0.25

/** Position of `needle` at or after `from`; -1 when there is none. @throws LimitError */
export function findText(
  text: string,
  needle: string,
  { from = 0, budget }: { from?: number; budget: Budget },
): number {
  if (needle.length <= SHORT_NEEDLE) {
    budget.burnText(text.length - from)
    return text.indexOf(needle, from)
  }
  const found = knuthMorrisPratt(text, needle, from)
  // Paid afterwards, since texts are bounded and only the part that was searched should count.
  const steps = needle.length + (found < 0 ? text.length : found) - from
  budget.burn(Math.ceil(steps * FUEL_PER_STEP))
  return found
}

/** The parts of a text between separators, as `String.split` gives them. @throws LimitError */
export function splitText(text: string, separator: string, budget: Budget): string[] {
  if (separator === '') {
    budget.allowItems(text.length)
    return text.split('')
  }
  budget.burnText(text.length)
  if (separator.length > SHORT_NEEDLE) return splitLong(text, separator, budget)
  const parts = text.split(separator)
  budget.allowItems(parts.length)
  return parts
}

/** A text with every occurrence replaced; the replacement is taken as it is. @throws LimitError */
export function replaceAllText(text: string, search: string, { by, budget }: { by: string; budget: Budget }): string {
  if (search === '') return text
  const parts = splitText(text, search, budget)
  budget.allowText(text.length + (parts.length - 1) * Math.max(0, by.length - search.length))
  return parts.join(by)
}

function splitLong(text: string, separator: string, budget: Budget): string[] {
  const parts: string[] = []
  let position = 0
  for (;;) {
    const found = findText(text, separator, { from: position, budget })
    if (found < 0) break
    parts.push(text.slice(position, found))
    position = found + separator.length
  }
  parts.push(text.slice(position))
  return parts
}

function knuthMorrisPratt(text: string, needle: string, from: number): number {
  const borders = bordersOf(needle)
  let matched = 0
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    while (matched > 0 && needle.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0
    if (needle.charCodeAt(matched) === code) matched += 1
    if (matched === needle.length) return i - matched + 1
  }
  return -1
}

/** For each beginning of the needle, the length of its longest proper border. */
function bordersOf(needle: string): Uint32Array {
  const borders = new Uint32Array(needle.length)
  let length = 0
  for (let i = 1; i < needle.length; i++) {
    const code = needle.charCodeAt(i)
    while (length > 0 && needle.charCodeAt(length) !== code) length = borders[length - 1] ?? 0
    if (needle.charCodeAt(length) === code) length += 1
    borders[i] = length
  }
  return borders
}
