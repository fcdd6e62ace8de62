import { ValueError } from '../failure.js'
import { asList, asNumber, asText, toText } from '../values.js'
import type { Library } from './function.js'
import { compilePattern } from './pattern.js'

/** Functions over text. */
export const TEXT_LIBRARY: Library = {
  upper: {
    signature: 'upper(text)',
    description: 'The text in capital letters.',
    example: "upper('ok') → 'OK'",
    arity: [1, 1],
    call: ([text]) => asText(text, 'upper').toUpperCase(),
  },
  lower: {
    signature: 'lower(text)',
    description: 'The text in small letters.',
    example: "lower('OK') → 'ok'",
    arity: [1, 1],
    call: ([text]) => asText(text, 'lower').toLowerCase(),
  },
  trim: {
    signature: 'trim(text)',
    description: 'The text without spaces at either end.',
    example: "trim(' a ') → 'a'",
    arity: [1, 1],
    call: ([text]) => asText(text, 'trim').trim(),
  },
  split: {
    signature: 'split(text, separator)',
    description: 'The parts of a text between separators.',
    example: "split('a,b', ',') → ['a', 'b']",
    arity: [2, 2],
    call: ([text, separator], budget) => {
      const parts = asText(text, 'split').split(asText(separator, 'split'))
      budget.allow(parts.length)
      return parts
    },
  },
  join: {
    signature: 'join(list, separator?)',
    description: 'One text of all items, with a separator between them.',
    example: "join(['a', 'b'], ' and ') → 'a and b'",
    arity: [1, 2],
    call: ([list, separator], budget) => joinTexts(asList(list, 'join'), separator ?? ', ', budget),
  },
  replace: {
    signature: 'replace(text, search, replacement)',
    description: 'The text with every occurrence replaced.',
    example: "replace('a-b-c', '-', ' ') → 'a b c'",
    arity: [3, 3],
    call: ([text, search, replacement], budget) => replaceAll([text, search, replacement], budget),
  },
  matches: {
    signature: 'matches(text, pattern)',
    description: 'Whether a regular expression (RE2 syntax) is found in the text.',
    example: "matches('A-17', '^[A-Z]-[0-9]+$') → true",
    arity: [2, 2],
    call: ([text, pattern]) => compilePattern(asText(pattern, 'matches')).test(asText(text, 'matches')),
  },
  extract: {
    signature: 'extract(text, pattern)',
    description: 'The first match of a regular expression (its first group, when it has one), or null.',
    example: "extract('Order 42', '[0-9]+') → '42'",
    arity: [2, 2],
    call: ([text, pattern]) => compilePattern(asText(pattern, 'extract')).first(asText(text, 'extract')),
  },
  string: {
    signature: 'string(value)',
    description: 'Any value as text; lists and objects as JSON.',
    example: "string(42) → '42'",
    arity: [1, 1],
    call: ([value], budget) => {
      const text = toText(value)
      budget.allow(text.length)
      return text
    },
  },
  urlEncode: {
    signature: 'urlEncode(text)',
    description: 'The text made safe for a part of a URL.',
    example: "urlEncode('a b') → 'a%20b'",
    arity: [1, 1],
    call: ([text]) => {
      try {
        return encodeURIComponent(asText(text, 'urlEncode'))
      } catch (error) {
        if (error instanceof ValueError) throw error
        throw new ValueError('urlEncode needs valid text: it has half of a surrogate pair', { cause: error })
      }
    },
  },
}

export function joinTexts(list: readonly unknown[], separator: unknown, budget: { allow(size: number): void }): string {
  const between = asText(separator, 'join')
  const texts = list.map(toText)
  budget.allow(texts.reduce((size, text) => size + text.length + between.length, 0))
  return texts.join(between)
}

export function replaceAll(args: readonly unknown[], budget: { allow(size: number): void }): string {
  const [text, search, replacement] = [
    asText(args[0], 'replace'),
    asText(args[1], 'replace'),
    asText(args[2], 'replace'),
  ]
  if (search === '') return text
  const parts = text.split(search)
  budget.allow(text.length + parts.length * replacement.length)
  return parts.join(replacement)
}

/** Repeats of `filler` before or after a text, up to `width` characters. */
export function pad(args: readonly unknown[], side: 'start' | 'end', budget: { allow(size: number): void }): string {
  const width = asNumber(args[1], 'pad')
  const filler = args[2] === undefined ? ' ' : asText(args[2], 'pad')
  budget.allow(Math.max(0, width))
  const text = asText(args[0], 'pad')
  return side === 'start' ? text.padStart(width, filler) : text.padEnd(width, filler)
}
