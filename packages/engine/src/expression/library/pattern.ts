import { RE2JS } from 're2js'
import { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'

/** A pattern compiled for RE2, whose time grows linearly with the text: with no text does it run away. */
interface Pattern {
  readonly compiled: RE2JS
  /** Fuel that each character costs, for finding and for finding with groups. */
  readonly findCost: number
  readonly groupCost: number
}

const MAX_PATTERN_LENGTH = 1_000
const MAX_PROGRAM_SIZE = 4_000
const MAX_GROUPS = 20
const MAX_KEPT = 200
/** Compiling takes milliseconds, and a program may compute a new pattern for each element. */
const COMPILE_FUEL = 5_000
const kept = new Map<string, Pattern>()

/** Whether a pattern is found in a text. @throws ValueError when the pattern is not valid, LimitError */
export function testPattern(source: string, text: string, budget: Budget): boolean {
  const pattern = compilePattern(source, budget)
  budget.burn(1 + Math.ceil(text.length * pattern.findCost))
  return pattern.compiled.matcher(text).find()
}

/**
 * The first match and its groups, as `text.match` gives them in JavaScript; null when there is none.
 *
 * @throws ValueError when the pattern is not valid, LimitError
 */
export function matchPattern(source: string, text: string, budget: Budget): readonly (string | null)[] | null {
  if (!testPattern(source, text, budget)) return null
  const pattern = compilePattern(source, budget)
  budget.burn(1 + Math.ceil(text.length * pattern.groupCost))
  const matcher = pattern.compiled.matcher(text)
  if (!matcher.find()) return null
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? null)
}

function compilePattern(source: string, budget: Budget): Pattern {
  const known = kept.get(source)
  if (known !== undefined) return known
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new ValueError(`A pattern may have at most ${MAX_PATTERN_LENGTH} characters`)
  }
  budget.burn(COMPILE_FUEL)
  const pattern = fromSource(source)
  if (kept.size >= MAX_KEPT) kept.clear()
  kept.set(source, pattern)
  return pattern
}

function fromSource(source: string): Pattern {
  const compiled = compile(source)
  const size = compiled.programSize()
  const groups = compiled.groupCount()
  if (size > MAX_PROGRAM_SIZE || groups > MAX_GROUPS) {
    const hint = `It may have ${MAX_GROUPS} groups, and repeat counts such as {100} multiply what they repeat.`
    throw new ValueError('The pattern is too large', hint)
  }
  // Measured: a tenth of a microsecond a character for most, more for large programs, and each group copies the rest.
  return { compiled, findCost: 0.5 + size / 100, groupCost: ((1 + groups) * size) / 32 }
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : 'unknown'
    throw new ValueError('The pattern is not valid', `RE2 says: ${reason}.`, { cause: error })
  }
}
