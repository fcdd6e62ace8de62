import type { JsonObject } from '@inlay/engine'
import { validate } from '@readme/openapi-parser'
import { isLocal } from './document/source.js'
import { isObject } from './json.js'

const MAX_FAULTS = 20

/**
 * How a document departs from the specification that it names; none for one that keeps to it. References out of the
 * document are taken out before, so that the parser has nothing to fetch.
 */
export async function specificationFaults(document: JsonObject): Promise<string[]> {
  try {
    const options = { resolve: { external: false }, validate: { errors: { colorize: false } } }
    // The parser writes into what it is given, and tells itself whether that is a document.
    const result = await validate(localCopy(document) as unknown as Parameters<typeof validate>[0], options)
    if (result.valid) return []
    return result.errors
      .slice(0, MAX_FAULTS)
      .map(({ message }) => `The specification says: ${message.split('\n')[0]?.slice(0, 300)}`)
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return [`The document could not be compared with its specification: ${reason.slice(0, 300)}`]
  }
}

function localCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(localCopy)
  if (!isObject(value)) return value
  const entries = Object.entries(value).filter(
    ([key, member]) => key !== '$ref' || (typeof member === 'string' && isLocal(member)),
  )
  return Object.fromEntries(entries.map(([key, member]) => [key, localCopy(member)]))
}
