import { ValueError } from '../failure.js'
import { matchPattern } from '../library/pattern.js'
import { joinTexts, padText, repeatText } from '../library/text.js'
import type { Budget } from '../limits.js'
import { findText, replaceAllText, splitText } from '../text-search.js'
import { asNumber, asOptionalNumber, asText } from '../values.js'
import { type MethodTable, textOf } from './method.js'

/** Methods of texts: those of JavaScript, with plain texts where JavaScript would take a regular expression. */
export const TEXT_METHODS: MethodTable = {
  toUpperCase: ([text], budget) => whole(text, budget).toUpperCase(),
  toLowerCase: ([text], budget) => whole(text, budget).toLowerCase(),
  trim: ([text], budget) => whole(text, budget).trim(),
  trimStart: ([text], budget) => whole(text, budget).trimStart(),
  trimEnd: ([text], budget) => whole(text, budget).trimEnd(),
  includes: ([text, part], budget) => position([text, part], 'includes', budget) >= 0,
  indexOf: ([text, part], budget) => position([text, part], 'indexOf', budget),
  startsWith: ([text, part], budget) => whole(text, budget).startsWith(asText(part, 'startsWith')),
  endsWith: ([text, part], budget) => whole(text, budget).endsWith(asText(part, 'endsWith')),
  slice: ([text, from, to], budget) =>
    whole(text, budget).slice(asOptionalNumber(from, 'slice'), asOptionalNumber(to, 'slice')),
  substring: ([text, from, to], budget) =>
    whole(text, budget).substring(asNumber(from, 'substring'), asOptionalNumber(to, 'substring')),
  at: ([text, index]) => asText(text, 'at').at(asNumber(index, 'at')),
  charAt: ([text, index]) => asText(text, 'charAt').charAt(asNumber(index, 'charAt')),
  concat: (args, budget) => joinTexts(args, '', budget),
  repeat: ([text, count], budget) => repeatText(asText(text, 'repeat'), asNumber(count, 'repeat'), budget),
  split: ([text, separator], budget) => splitText(asText(text, 'split'), asText(separator, 'split'), budget),
  replace: (args, budget) => replaceFirst(args, budget),
  replaceAll: ([text, search, by], budget) =>
    replaceAllText(asText(text, 'replaceAll'), asText(search, 'replaceAll'), { by: asText(by, 'replaceAll'), budget }),
  padStart: ([text, width, filler], budget) => padText(text, { width, filler, side: 'start', budget }),
  padEnd: ([text, width, filler], budget) => padText(text, { width, filler, side: 'end', budget }),
  match: ([text, pattern], budget) => matchPattern(asText(pattern, 'match'), asText(text, 'match'), budget),
  toString: textOf,
}

/** The text, paid for: the method reads or copies all of it. */
function whole(text: unknown, budget: Budget): string {
  const known = asText(text, 'This method')
  budget.allowText(known.length)
  return known
}

function position([text, part]: readonly unknown[], what: string, budget: Budget): number {
  return findText(asText(text, what), asText(part, what), { budget })
}

function replaceFirst(args: readonly unknown[], budget: Budget): string {
  const [text, search, by] = [asText(args[0], 'replace'), asText(args[1], 'replace'), asText(args[2], 'replace')]
  const found = findText(text, search, { budget })
  if (found < 0) return text
  if (search === '') {
    const message = 'replace needs a text to look for'
    const hint = 'Give at least one character.'
    throw new ValueError({ code: 'evaluation.nothing_to_find', message, hint, details: { name: 'replace' } })
  }
  budget.allowText(text.length - search.length + by.length)
  return text.slice(0, found) + by + text.slice(found + search.length)
}
