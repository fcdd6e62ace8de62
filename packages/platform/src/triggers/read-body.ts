import type { IncomingMessage } from 'node:http'
import type { JsonValue } from '@inlay/engine'
import { bodyIncomplete, bodyMalformed, bodyTooDeep, bodyTooLarge, nulCharacter } from './errors.js'

/** Bytes of a request body. */
export const MAX_BODY_BYTES = 1_048_576
/** Bytes of a body that is refused which are still taken off the wire, so that its sender reads the refusal and not a reset. */
const MAX_DISCARDED_BYTES = 16 * MAX_BODY_BYTES
const MAX_JSON_DEPTH = 64

/**
 * Reads a body of at most so many bytes.
 *
 * @throws UserError `request.too_large`, `request.incomplete`
 */
export function readRawBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (request.destroyed && !request.readableEnded) return reject(bodyIncomplete())
    const chunks: Buffer[] = []
    let size = 0
    // Without an encoding set, a request's chunks are buffers.
    const take = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else if (size > MAX_DISCARDED_BYTES) finish()
    }
    const finish = (): void => {
      request.off('data', take)
      request.off('end', finish)
      request.off('error', fail)
      request.off('close', fail)
      if (size > maxBytes) reject(bodyTooLarge(maxBytes))
      else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))
    }
    const fail = (): void => reject(bodyIncomplete())
    request.on('data', take).on('end', finish).on('error', fail).on('close', fail)
  })
}

/**
 * What a body says, by its content type: JSON, a form's fields, or text. Null for an empty one.
 *
 * @throws UserError `request.malformed`, `request.too_deep`
 */
export function parseBody(raw: Buffer, contentType: string): JsonValue {
  if (raw.length === 0) return null
  const text = raw.toString('utf8')
  if (/[/+]json\b/i.test(contentType)) return parseJson(text)
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return parseFields(text, 'form')
  // Curl and simple senders often name no type for JSON.
  if (contentType === '' && /^\s*[[{]/.test(text)) return parseJson(text)
  if (text.includes('\0')) throw nulCharacter('body')
  return text
}

/**
 * Fields of a query or form. A name that is there repeatedly has a list of its values.
 *
 * @param place which part of the request it is, for the message of a refusal
 * @throws UserError `request.malformed`
 */
export function parseFields(text: string, place: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    if (name.includes('\0') || value.includes('\0')) throw nulCharacter(place)
    const earlier = Object.hasOwn(fields, name) ? fields[name] : undefined
    const all = earlier === undefined ? value : [...(Array.isArray(earlier) ? earlier : [earlier]), value]
    // Not an assignment: the name may be `__proto__`.
    Object.defineProperty(fields, name, { value: all, enumerable: true, configurable: true, writable: true })
  }
  return fields
}

/**
 * Depth is counted before parsing, because ten megabytes of brackets keep the parser busy for seconds.
 *
 * @throws UserError `request.malformed` with the place, `request.too_deep`
 */
export function parseJson(text: string): JsonValue {
  assertShallow(text)
  try {
    // What JSON.parse gives is a JSON value by definition.
    const value = JSON.parse(text, text.includes('\\u0000') ? refuseNul : undefined) as JsonValue
    return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw bodyMalformed(`${error.message}.`)
  }
}

/** Also in names: JSON.parse calls it for every member. */
function refuseNul(name: string, value: unknown): unknown {
  if (name.includes('\0') || (typeof value === 'string' && value.includes('\0'))) throw nulCharacter('body')
  return value
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

function assertShallow(text: string): void {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > MAX_JSON_DEPTH) throw bodyTooDeep(MAX_JSON_DEPTH)
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
}

/** The place of the quote that closes a string, or the text's end. */
function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i += 1
    else if (code === QUOTE) return i
  }
  return text.length
}
