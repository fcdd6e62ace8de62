import { toText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { replaceAllText, splitText } from '../text-search.js'
import { belowMinimum } from '../value-refusals.js'
import { asList, asNumber, asText } from '../values.js'
import type { Library } from './function.js'
import { matchPattern, testPattern } from './pattern.js'

/** Functions over text. */
export const TEXT_LIBRARY: Library = {
  upper: {
    signature: 'upper(text)',
    description: 'The text in capital letters.',
    example: "upper('ok') → 'OK'",
    arity: [1, 1],
    call: ([text], budget) => paid(text, 'upper', budget).toUpperCase(),
  },
  lower: {
    signature: 'lower(text)',
    description: 'The text in small letters.',
    example: "lower('OK') → 'ok'",
    arity: [1, 1],
    call: ([text], budget) => paid(text, 'lower', budget).toLowerCase(),
  },
  capitalize: {
    signature: 'capitalize(text)',
    description: 'The text with its first letter as a capital.',
    example: "capitalize('hello you') → 'Hello you'",
    arity: [1, 1],
    call: ([text], budget) => {
      const source = paid(text, 'capitalize', budget)
      return source.charAt(0).toUpperCase() + source.slice(1)
    },
  },
  trim: {
    signature: 'trim(text)',
    description: 'The text without spaces at either end.',
    example: "trim(' a ') → 'a'",
    arity: [1, 1],
    call: ([text], budget) => paid(text, 'trim', budget).trim(),
  },
  truncate: {
    signature: 'truncate(text, length)',
    description: 'At most that many characters of the text, the last an ellipsis when some were left out.',
    example: "truncate('abcdef', 4) → 'abc…'",
    arity: [2, 2],
    call: ([text, length], budget) => {
      const [source, most] = [paid(text, 'truncate', budget), asNumber(length, 'truncate')]
      return source.length <= most ? source : `${source.slice(0, Math.max(0, most - 1))}…`
    },
  },
  split: {
    signature: 'split(text, separator)',
    description: 'The parts of a text between separators.',
    example: "split('a,b', ',') → ['a', 'b']",
    arity: [2, 2],
    call: ([text, separator], budget) => splitText(asText(text, 'split'), asText(separator, 'split'), budget),
  },
  join: {
    signature: 'join(list, separator?)',
    description: 'One text of all items, with a separator (", " when absent) between them.',
    example: "join(['a', 'b'], ' and ') → 'a and b'",
    arity: [1, 2],
    call: ([list, separator], budget) => joinTexts(asList(list, 'join'), separator ?? ', ', budget),
  },
  replace: {
    signature: 'replace(text, search, replacement)',
    description: 'The text with every occurrence replaced.',
    example: "replace('a-b-c', '-', ' ') → 'a b c'",
    arity: [3, 3],
    call: ([text, search, by], budget) =>
      replaceAllText(asText(text, 'replace'), asText(search, 'replace'), { by: asText(by, 'replace'), budget }),
  },
  matches: {
    signature: 'matches(text, pattern)',
    description: 'Whether a regular expression (RE2 syntax) is found in the text.',
    example: "matches('A-17', '^[A-Z]-[0-9]+$') → true",
    arity: [2, 2],
    call: ([text, pattern], budget) => testPattern(asText(pattern, 'matches'), asText(text, 'matches'), budget),
  },
  extract: {
    signature: 'extract(text, pattern)',
    description: 'The first match of a regular expression (its first group, when it has one), or null.',
    example: "extract('Order 42', '[0-9]+') → '42'",
    arity: [2, 2],
    call: ([text, pattern], budget) => {
      const match = matchPattern(asText(pattern, 'extract'), asText(text, 'extract'), budget)
      return match === null ? null : ((match.length > 1 ? match[1] : match[0]) ?? null)
    },
  },
  string: {
    signature: 'string(value)',
    description: 'Any value as text; lists and objects as JSON.',
    example: "string(42) → '42'",
    arity: [1, 1],
    call: ([value], budget) => toText(value, budget),
  },
}

/** A text that is read or copied whole. */
export function paid(text: unknown, what: string, budget: Budget): string {
  const source = asText(text, what)
  budget.allowText(source.length)
  return source
}

export function joinTexts(list: readonly unknown[], separator: unknown, budget: Budget): string {
  const between = asText(separator, 'join')
  budget.allowItems(list.length)
  let size = 0
  const texts = list.map((item) => {
    const text = toText(item, budget)
    size += text.length + between.length
    return text
  })
  budget.allowText(size)
  return texts.join(between)
}

export function repeatText(text: string, count: number, budget: Budget): string {
  if (!(count >= 0)) {
    throw belowMinimum({ what: 'repeat', limit: 0, message: 'repeat needs a number of at least 0' })
  }
  budget.allowText(text.length * count)
  return text.repeat(count)
}

interface Padding {
  readonly width: unknown
  readonly filler: unknown
  readonly side: 'start' | 'end'
  readonly budget: Budget
}

/** A text made `width` characters long by repeats of `filler` (a space when absent) before or after it. */
export function padText(text: unknown, { width, filler, side, budget }: Padding): string {
  const source = asText(text, 'The padding')
  const length = asNumber(width, 'The padding')
  const fill = filler === undefined ? ' ' : asText(filler, 'The padding')
  budget.allowText(Math.max(source.length, length))
  return side === 'start' ? source.padStart(length, fill) : source.padEnd(length, fill)
}
