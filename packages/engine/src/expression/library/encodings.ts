import type { BinaryToTextEncoding } from 'node:crypto'
import { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'
import { notAllowed, unreadable } from '../value-refusals.js'
import { asText } from '../values.js'
import type { Library } from './function.js'
import { paid } from './text.js'

const ALGORITHMS: ReadonlySet<string> = new Set(['sha256', 'sha512', 'sha1', 'md5'])
const ENCODINGS: ReadonlySet<string> = new Set<BinaryToTextEncoding>(['hex', 'base64', 'base64url'])

/** Hashing, Base64, hexadecimal and names that are always the same. */
export const ENCODING_LIBRARY: Library = {
  hash: {
    signature: 'hash(text, algorithm?, encoding?)',
    description: 'A digest: sha256 (when absent), sha512, sha1 or md5; as hex (when absent), base64 or base64url.',
    example: "hash('a') → 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'",
    arity: [1, 3],
    call: ([text, algorithm, encoding], budget) =>
      nodeCrypto()
        .createHash(algorithmOf(algorithm, 'hash'))
        .update(hashed(text, 'hash', budget))
        .digest(encodingOf(encoding, 'hash')),
  },
  hmac: {
    signature: 'hmac(text, secret, algorithm?, encoding?)',
    description:
      'A signature of a text with a secret, as services ask for it; algorithms and encodings are those of hash.',
    example: "hmac('a', 'key') → '780c3db4ce3de5b9e55816fba98f590631d96c075271b26976238d5f4444219b'",
    arity: [2, 4],
    call: ([text, secret, algorithm, encoding], budget) =>
      nodeCrypto()
        .createHmac(algorithmOf(algorithm, 'hmac'), hashed(secret, 'hmac', budget))
        .update(hashed(text, 'hmac', budget))
        .digest(encodingOf(encoding, 'hmac')),
  },
  uuid: {
    signature: 'uuid(name, namespace?)',
    description:
      'A UUID (version 5) that is always the same for a name; the namespace is a UUID, that of URLs when absent.',
    example: "uuid('https://example.com/orders/17') → '2c6180c3-3c5d-5827-824c-e8783afd3ddc'",
    arity: [1, 2],
    call: ([name, namespace], budget) => nameUuid(hashed(name, 'uuid', budget), namespace),
  },
  base64: {
    signature: 'base64(text)',
    description: 'The text in Base64.',
    example: "base64('hi') → 'aGk='",
    arity: [1, 1],
    call: ([text], budget) => encoded(text, 'base64', budget),
  },
  base64Url: {
    signature: 'base64Url(text)',
    description: 'The text in Base64 with letters that are safe in URLs and file names.',
    example: "base64Url('a?>') → 'YT8-'",
    arity: [1, 1],
    call: ([text], budget) => encoded(text, 'base64url', budget),
  },
  fromBase64: {
    signature: 'fromBase64(text)',
    description: 'The text that a Base64 text holds, in its common or its URL-safe letters.',
    example: "fromBase64('aGk=') → 'hi'",
    arity: [1, 1],
    call: ([text], budget) =>
      nodeBuffer()
        .from(paid(text, 'fromBase64', budget), 'base64')
        .toString('utf8'),
  },
  hex: {
    signature: 'hex(text)',
    description: 'The bytes of the text (UTF-8) in hexadecimal.',
    example: "hex('hi') → '6869'",
    arity: [1, 1],
    call: ([text], budget) => encoded(text, 'hex', budget),
  },
  fromHex: {
    signature: 'fromHex(text)',
    description: 'The text whose bytes are given in hexadecimal.',
    example: "fromHex('6869') → 'hi'",
    arity: [1, 1],
    call: ([text], budget) => {
      const source = paid(text, 'fromHex', budget)
      if (source.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(source)) {
        const message = 'fromHex needs pairs of the digits 0 to 9 and a to f'
        throw unreadable({ what: 'fromHex', text: source, example: '6869', message })
      }
      return nodeBuffer().from(source, 'hex').toString('utf8')
    },
  },
}

function encoded(text: unknown, encoding: 'base64' | 'base64url' | 'hex', budget: Budget): string {
  const source = paid(text, encoding, budget)
  budget.allowText(source.length * 4)
  return nodeBuffer().from(source).toString(encoding)
}

/** A text to be hashed: a character costs some four times what copying it does, and starting about a microsecond. */
function hashed(text: unknown, what: string, budget: Budget): string {
  const source = paid(text, what, budget)
  budget.burn(20 + Math.ceil(source.length / 4))
  return source
}

function algorithmOf(algorithm: unknown, what: string): string {
  const name = algorithm === undefined ? 'sha256' : asText(algorithm, what)
  if (ALGORITHMS.has(name)) return name
  throw unknownName(what, name, ALGORITHMS)
}

function unknownName(what: string, given: string, known: ReadonlySet<string>): ValueError {
  const allowed = [...known]
  const message = `${what} does not know "${given.slice(0, 20)}"`
  return notAllowed({ what, given, allowed, message, hint: `It knows: ${allowed.join(', ')}.` })
}

function encodingOf(encoding: unknown, what: string): BinaryToTextEncoding {
  const name = encoding === undefined ? 'hex' : asText(encoding, what)
  // The set holds encodings of that type only.
  if (ENCODINGS.has(name)) return name as BinaryToTextEncoding
  throw unknownName(what, name, ENCODINGS)
}

const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** RFC 9562, version 5. */
function nameUuid(name: string, namespace: unknown): string {
  const space = namespace === undefined ? URL_NAMESPACE : asText(namespace, 'uuid')
  if (!UUID.test(space)) {
    const hint = `Write one such as ${URL_NAMESPACE}.`
    throw unreadable({ what: 'uuid', text: space, example: URL_NAMESPACE, noun: 'a UUID', hint })
  }
  const bytes = nodeCrypto()
    .createHash('sha1')
    .update(nodeBuffer().from(space.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** Node's own, asked for when it is needed: a page that shows what expressions give has none, and can load this all the same. */
function nodeCrypto(): typeof import('node:crypto') {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto')
  if (crypto === undefined) throw onServersOnly()
  return crypto
}

function nodeBuffer(): BufferConstructor {
  if (globalThis.Buffer === undefined) throw onServersOnly()
  return globalThis.Buffer
}

function onServersOnly(): ValueError {
  const message = 'This can only be worked out when the workflow runs'
  return new ValueError({ code: 'evaluation.only_in_runs', message })
}
