import { RE2JS } from 're2js'
import { ValueError } from '../failure.js'

export interface Pattern {
  test(text: string): boolean
  /** The first match's first group, or the match itself, or null. */
  first(text: string): string | null
}

const MAX_PATTERN_LENGTH = 1000
const MAX_KEPT = 200
const kept = new Map<string, Pattern>()

/**
 * Compiles a regular expression for the RE2 engine, whose time grows linearly with the text.
 *
 * @throws ValueError when the pattern is not valid
 */
export function compilePattern(source: string): Pattern {
  const known = kept.get(source)
  if (known !== undefined) return known
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new ValueError(`A pattern may have at most ${MAX_PATTERN_LENGTH} characters`)
  }
  const pattern = fromSource(source)
  if (kept.size >= MAX_KEPT) kept.clear()
  kept.set(source, pattern)
  return pattern
}

function fromSource(source: string): Pattern {
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(source)
  } catch (error) {
    throw new ValueError(`The pattern "${source}" is not valid: ${error instanceof Error ? error.message : 'unknown'}`)
  }
  return {
    test: (text) => compiled.matcher(text).find(),
    first: (text) => {
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return null
      return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? null
    },
  }
}
