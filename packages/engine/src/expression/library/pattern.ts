import { RE2JS } from 're2js'
import { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'
import { tooLongText, tooMany } from '../value-refusals.js'

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

/** More matches than anyone reads. */
const MAX_MATCHES = 10_000
/** A match may have looked at all the rest of the text before it was sure; this much of it is paid for. */
const REST_SHARE = 1 / 32
const MATCH_FUEL = 20

/**
 * Every match and its groups, from left to right.
 *
 * @throws ValueError when the pattern is not valid, LimitError
 */
export function matchAllPattern(source: string, text: string, budget: Budget): readonly (readonly (string | null)[])[] {
  return [...matchesOf(source, text, budget)].map(({ groups }) => groups)
}

/**
 * A text with every match replaced: `$1` to `$9` in the replacement stand for groups, `$&` for the match, `$$` for `$`.
 *
 * @throws ValueError when the pattern is not valid, LimitError
 */
export function replacePattern(source: string, text: string, { by, budget }: { by: string; budget: Budget }): string {
  const references = by.split('$').length - 1
  let result = ''
  let position = 0
  for (const { groups, start, end } of matchesOf(source, text, budget)) {
    budget.allowText(by.length + references * (end - start))
    result += text.slice(position, start) + fillGroups(by, groups)
    budget.assertSize(result.length)
    position = end
  }
  return result + text.slice(position)
}

function fillGroups(replacement: string, groups: readonly (string | null)[]): string {
  return replacement.replaceAll(/\$([$&1-9])/g, (_, sign: string) => {
    if (sign === '$') return '$'
    return groups[sign === '&' ? 0 : Number(sign)] ?? ''
  })
}

interface Match {
  readonly groups: readonly (string | null)[]
  readonly start: number
  readonly end: number
}

function* matchesOf(source: string, text: string, budget: Budget): Generator<Match> {
  const pattern = compilePattern(source, budget)
  const cost = pattern.findCost + pattern.groupCost
  budget.burn(1 + Math.ceil(text.length * cost))
  const matcher = pattern.compiled.matcher(text)
  for (let count = 0; matcher.find(); count++) {
    const [start, end] = [matcher.start(), matcher.end()]
    budget.burn(MATCH_FUEL + Math.ceil((text.length - end) * cost * REST_SHARE))
    if (count >= MAX_MATCHES) throw tooMany(MAX_MATCHES, `A pattern may match at most ${MAX_MATCHES} times`)
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? null)
    yield { groups, start, end }
  }
}

function compilePattern(source: string, budget: Budget): Pattern {
  const known = kept.get(source)
  if (known !== undefined) return known
  if (source.length > MAX_PATTERN_LENGTH) {
    throw tooLongText(MAX_PATTERN_LENGTH, `A pattern may have at most ${MAX_PATTERN_LENGTH} characters`)
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
    throw new ValueError({ code: 'evaluation.pattern_too_large', message: 'The pattern is too large', hint })
  }
  // Measured: a tenth of a microsecond a character for most, more for large programs, and each group copies the rest.
  return { compiled, findCost: 0.5 + size / 100, groupCost: ((1 + groups) * size) / 32 }
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : 'unknown'
    throw new ValueError(
      {
        code: 'evaluation.bad_pattern',
        message: 'The pattern is not valid',
        hint: `RE2 says: ${reason}.`,
        details: { reason },
      },
      { cause: error },
    )
  }
}
