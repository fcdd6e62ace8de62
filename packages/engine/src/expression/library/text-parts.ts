import { toText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { findText } from '../text-search.js'
import { belowMinimum, unreadable } from '../value-refusals.js'
import { asNumber, asText } from '../values.js'
import { findAddresses, findLinks, isAddress } from './addresses.js'
import type { Library } from './function.js'
import { escapeHtml, plainText } from './html.js'
import { matchAllPattern, replacePattern } from './pattern.js'
import { padText, paid } from './text.js'

/** Functions that take parts out of a text, or put something around them. */
export const TEXT_PART_LIBRARY: Library = {
  before: {
    signature: 'before(text, part)',
    description: 'What stands before the first occurrence of a part; the whole text when there is none.',
    example: "before('ann@example.com', '@') → 'ann'",
    arity: [2, 2],
    call: ([text, part], budget) => {
      const source = paid(text, 'before', budget)
      const found = findText(source, asText(part, 'before'), { budget })
      return found < 0 ? source : source.slice(0, found)
    },
  },
  after: {
    signature: 'after(text, part)',
    description: 'What stands after the first occurrence of a part; an empty text when there is none.',
    example: "after('ann@example.com', '@') → 'example.com'",
    arity: [2, 2],
    call: ([text, part], budget) => {
      const [source, search] = [paid(text, 'after', budget), asText(part, 'after')]
      const found = findText(source, search, { budget })
      return found < 0 ? '' : source.slice(found + search.length)
    },
  },
  between: {
    signature: 'between(text, start, end)',
    description: 'What stands between a part and the next occurrence of another, or null.',
    example: "between('Order [A-17] shipped', '[', ']') → 'A-17'",
    arity: [3, 3],
    call: ([text, start, end], budget) => {
      const [source, open] = [paid(text, 'between', budget), asText(start, 'between')]
      const found = findText(source, open, { budget })
      if (found < 0) return null
      const from = found + open.length
      const close = findText(source, asText(end, 'between'), { from, budget })
      return close < 0 ? null : source.slice(from, close)
    },
  },
  contains: {
    signature: 'contains(text, part)',
    description: 'Whether a text holds another, in capital or small letters.',
    example: "contains('Big ORDER', 'order') → true",
    arity: [2, 2],
    call: ([text, part], budget) =>
      findText(paid(text, 'contains', budget).toLowerCase(), paid(part, 'contains', budget).toLowerCase(), {
        budget,
      }) >= 0,
  },
  lines: {
    signature: 'lines(text)',
    description: 'The lines of a text.',
    example: "lines('a\\nb') → ['a', 'b']",
    arity: [1, 1],
    call: ([text], budget) => {
      const found = paid(text, 'lines', budget).split(/\r\n|\n|\r/)
      budget.allowItems(found.length)
      return found
    },
  },
  padStart: {
    signature: 'padStart(text, width, filler?)',
    description: 'The text made that many characters long by a filler (a space when absent) before it.',
    example: "padStart(7, 3, '0') → '007'",
    arity: [2, 3],
    call: ([text, width, filler], budget) => padText(text, { width, filler, side: 'start', budget }),
  },
  padEnd: {
    signature: 'padEnd(text, width, filler?)',
    description: 'The text made that many characters long by a filler (a space when absent) after it.',
    example: "padEnd('ab', 4, '.') → 'ab..'",
    arity: [2, 3],
    call: ([text, width, filler], budget) => padText(text, { width, filler, side: 'end', budget }),
  },
  mask: {
    signature: 'mask(text, visible?, character?)',
    description: 'The text with all but its last characters (4 when absent) hidden behind * or another character.',
    example: "mask('4111111111111111') → '************1111'",
    arity: [1, 3],
    call: ([text, visible, character], budget) => {
      const source = paid(text, 'mask', budget)
      const shown = visible === undefined ? 4 : asNumber(visible, 'mask')
      const cover = character === undefined ? '*' : asText(character, 'mask')
      const message = 'mask shows 0 or more characters, and hides the others behind one character'
      if (!(shown >= 0)) throw belowMinimum({ what: 'mask', limit: 0, message })
      if (cover.length !== 1) throw unreadable({ what: 'mask', text: cover, example: '*', message })
      const hidden = Math.max(0, source.length - Math.floor(shown))
      return cover.repeat(hidden) + source.slice(hidden)
    },
  },
  plural: {
    signature: 'plural(count, one, many)',
    description: 'A number with the word for one or for many.',
    example: "plural(2, 'item', 'items') → '2 items'",
    arity: [3, 3],
    call: ([count, one, many], budget) => {
      const word = Math.abs(asNumber(count, 'plural')) === 1 ? one : many
      return `${String(count)} ${paid(word, 'plural', budget)}`
    },
  },
  extractAll: {
    signature: 'extractAll(text, pattern)',
    description: 'Every match of a regular expression (of its first group, when it has one).',
    example: "extractAll('#a and #b', '#([a-z]+)') → ['a', 'b']",
    arity: [2, 2],
    call: ([text, pattern], budget) =>
      matchAllPattern(asText(pattern, 'extractAll'), paid(text, 'extractAll', budget), budget).map(
        (match) => (match.length > 1 ? match[1] : match[0]) ?? null,
      ),
  },
  replacePattern: {
    signature: 'replacePattern(text, pattern, replacement)',
    description: 'The text with every match of a regular expression replaced; $1 stands for its first group.',
    example: "replacePattern('Doe, Jane', '(\\\\w+), (\\\\w+)', '$2 $1') → 'Jane Doe'",
    arity: [3, 3],
    call: ([text, pattern, by], budget) =>
      replacePattern(asText(pattern, 'replacePattern'), paid(text, 'replacePattern', budget), {
        by: asText(by, 'replacePattern'),
        budget,
      }),
  },
  extractEmails: {
    signature: 'extractEmails(text)',
    description: 'The e-mail addresses in a text.',
    example: "extractEmails('Ann <ann@example.com>, bo@example.org.') → ['ann@example.com', 'bo@example.org']",
    arity: [1, 1],
    call: ([text], budget) => findAddresses(paid(text, 'extractEmails', budget), budget),
  },
  extractLinks: {
    signature: 'extractLinks(text)',
    description: 'The http and https addresses in a text.',
    example: "extractLinks('See https://example.com/a?b=1.') → ['https://example.com/a?b=1']",
    arity: [1, 1],
    call: ([text], budget) => findLinks(paid(text, 'extractLinks', budget), budget),
  },
  isEmail: {
    signature: 'isEmail(value)',
    description: 'Whether a value is a text of the form of an e-mail address.',
    example: "isEmail('ann@example') → false",
    arity: [1, 1],
    call: ([value]) => typeof value === 'string' && isAddress(value),
  },
  escapeHtml: {
    signature: 'escapeHtml(text)',
    description: 'The text made safe for a page or an e-mail of HTML.',
    example: "escapeHtml('a < b & c') → 'a &lt; b &amp; c'",
    arity: [1, 1],
    call: ([text], budget) => bounded(escapeHtml(paid(toText(text, budget), 'escapeHtml', budget)), budget),
  },
  stripHtml: {
    signature: 'stripHtml(html)',
    description: 'The text that a piece of HTML shows, without its tags.',
    example: "stripHtml('<p>Hi <b>you</b> &amp; me</p>') → 'Hi you & me'",
    arity: [1, 1],
    call: ([html], budget) => {
      const source = paid(html, 'stripHtml', budget)
      budget.burn(Math.ceil(source.length / 2))
      return plainText(source)
    },
  },
}

function bounded(text: string, budget: Budget): string {
  budget.allowText(text.length)
  return text
}
