import { createHash } from 'node:crypto'
import { ValueError } from '../failure.js'
import { asText } from '../values.js'
import type { Library } from './function.js'
import { paid } from './text.js'

const ALGORITHMS: ReadonlySet<string> = new Set(['sha256', 'sha512', 'sha1', 'md5'])

/** Hashing, Base64 and URLs. */
export const ENCODING_LIBRARY: Library = {
  hash: {
    signature: 'hash(text, algorithm?)',
    description: 'A digest in hexadecimal: sha256 (when absent), sha512, sha1 or md5.',
    example: "hash('a') → 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'",
    arity: [1, 2],
    call: ([text, algorithm], budget) => {
      const name = algorithm === undefined ? 'sha256' : asText(algorithm, 'hash')
      if (!ALGORITHMS.has(name)) {
        throw new ValueError(`hash does not know "${name.slice(0, 20)}"`, `It knows: ${[...ALGORITHMS].join(', ')}.`)
      }
      const source = paid(text, 'hash', budget)
      // Hashing a character costs some four times what copying it does, and starting costs about a microsecond.
      budget.burn(20 + Math.ceil(source.length / 4))
      return createHash(name).update(source).digest('hex')
    },
  },
  base64: {
    signature: 'base64(text)',
    description: 'The text in Base64.',
    example: "base64('hi') → 'aGk='",
    arity: [1, 1],
    call: ([text], budget) => {
      const source = paid(text, 'base64', budget)
      budget.allowText(source.length * 4)
      return Buffer.from(source).toString('base64')
    },
  },
  fromBase64: {
    signature: 'fromBase64(text)',
    description: 'The text that a Base64 text holds, in its common or its URL-safe letters.',
    example: "fromBase64('aGk=') → 'hi'",
    arity: [1, 1],
    call: ([text], budget) => Buffer.from(paid(text, 'fromBase64', budget), 'base64').toString('utf8'),
  },
  urlEncode: {
    signature: 'urlEncode(text)',
    description: 'The text made safe for a part of a URL.',
    example: "urlEncode('a b&c') → 'a%20b%26c'",
    arity: [1, 1],
    call: ([text], budget) => {
      const source = paid(text, 'urlEncode', budget)
      budget.allowText(source.length * 3)
      try {
        return encodeURIComponent(source)
      } catch (error) {
        throw new ValueError('urlEncode needs whole characters, but the text has half of one', undefined, {
          cause: error,
        })
      }
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
        throw new ValueError('urlDecode needs a text in which each % begins a code such as %20', undefined, {
          cause: error,
        })
      }
    },
  },
}
