import { toText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { tooLongText, unreadable } from '../value-refusals.js'
import { asRecord, asText, isForbiddenKey } from '../values.js'
import type { Library } from './function.js'
import { paid } from './text.js'

/** Web addresses and their parts. */
export const URL_LIBRARY: Library = {
  urlEncode: {
    signature: 'urlEncode(text)',
    description: 'The text made safe for a part of a URL.',
    example: "urlEncode('a b&c') → 'a%20b%26c'",
    arity: [1, 1],
    call: ([text], budget) => {
      const source = paid(text, 'urlEncode', budget)
      budget.allowText(source.length * 3)
      return encodePart(source)
    },
  },
  urlDecode: {
    signature: 'urlDecode(text)',
    description: 'The text that urlEncode made safe.',
    example: "urlDecode('a%20b') → 'a b'",
    arity: [1, 1],
    call: ([text], budget) => {
      const source = paid(text, 'urlDecode', budget)
      budget.burn(source.length)
      try {
        return decodeURIComponent(source)
      } catch (error) {
        const message = 'urlDecode needs a text in which each % begins a code such as %20'
        throw unreadable({ what: 'urlDecode', text: source, example: 'a%20b', message, cause: error })
      }
    },
  },
  queryString: {
    signature: 'queryString(object)',
    description: 'The fields as the query of a URL; lists give a name several times, and empty fields are left out.',
    example: "queryString({ q: 'a b', page: 2, tag: ['x', 'y'], none: null }) → 'q=a%20b&page=2&tag=x&tag=y'",
    arity: [1, 1],
    call: ([object], budget) => queryString(asRecord(object, 'queryString'), budget),
  },
  parseQuery: {
    signature: 'parseQuery(text)',
    description: 'The fields of a query; one that is there several times is a list.',
    example: "parseQuery('q=a+b&tag=x&tag=y') → { q: 'a b', tag: ['x', 'y'] }",
    arity: [1, 1],
    call: ([text], budget) => parseQuery(asText(text, 'parseQuery'), budget),
  },
  parseUrl: {
    signature: 'parseUrl(text)',
    description: 'The parts of a web address: protocol, host, port, path, query and hash.',
    example:
      "parseUrl('https://example.com/a?b=1') → { protocol: 'https', host: 'example.com', port: null, path: '/a', query: { b: '1' }, hash: '' }",
    arity: [1, 1],
    call: ([text], budget) => parseUrl(asText(text, 'parseUrl'), budget),
  },
}

function encodePart(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch (error) {
    const message = 'urlEncode needs whole characters, but the text has half of one'
    throw unreadable({ what: 'urlEncode', text: '\u{fffd}', example: 'a b', message, cause: error })
  }
}

function queryString(object: Record<string, unknown>, budget: Budget): string {
  const pairs: string[] = []
  let size = 0
  for (const [name, value] of Object.entries(object)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      budget.burn(1)
      if (item === null || item === undefined) continue
      const text = toText(item, budget)
      budget.allowText(text.length * 3)
      const pair = `${encodePart(name)}=${encodePart(text)}`
      size += pair.length + 1
      budget.assertSize(size)
      pairs.push(pair)
    }
  }
  return pairs.join('&')
}

/** Decoding costs about as much as visiting an element, for each character. */
const MOST_QUERY = 100_000

function parseQuery(text: string, budget: Budget): Record<string, string | string[]> {
  budget.burn(text.length)
  if (text.length > MOST_QUERY) throw tooLongText(MOST_QUERY, `A query may have at most ${MOST_QUERY} characters`)
  const result: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    // Such names come from outside, so they are left out rather than refused.
    if (isForbiddenKey(name)) continue
    const known = Object.hasOwn(result, name) ? result[name] : undefined
    if (known === undefined) result[name] = value
    else if (typeof known === 'string') result[name] = [known, value]
    else known.push(value)
  }
  return result
}

function parseUrl(text: string, budget: Budget): Record<string, unknown> {
  budget.burn(text.length)
  const url = text.length <= MOST_QUERY && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) {
    throw unreadable({ what: 'parseUrl', text, example: 'https://example.com/a', noun: 'a web address' })
  }
  return {
    protocol: url.protocol.slice(0, -1),
    host: url.hostname,
    port: url.port === '' ? null : Number(url.port),
    path: url.pathname,
    query: parseQuery(url.search, budget),
    hash: url.hash.slice(1),
  }
}
