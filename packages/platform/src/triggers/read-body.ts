import type { IncomingMessage } from 'node:http'
import { type JsonValue, UserError } from '@inlay/engine'

/** Bytes of a request body. */
export const MAX_BODY_BYTES = 1_048_576
const MAX_JSON_DEPTH = 64

/** Reads a body of at most `MAX_BODY_BYTES`. @throws UserError `request.too_large` */
export async function readRawBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    // Without an encoding set, a request's chunks are buffers.
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > MAX_BODY_BYTES) throw tooLarge()
    chunks.push(bytes)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}

/** What a body says, by its content type: JSON, a form's fields, or text. Nothing for an empty one. */
export function parseBody(raw: Buffer, contentType: string): JsonValue {
  if (raw.length === 0) return null
  const text = raw.toString('utf8')
  if (/[/+]json\b/i.test(contentType)) return parseJson(text)
  if (contentType.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  // Curl and simple senders often name no type, or a wrong one, for JSON.
  if (contentType === '' && /^\s*[[{]/.test(text)) return parseJson(text)
  assertNoNul(text)
  return text
}

/**
 * @throws UserError `request.malformed` with the place, `request.too_deep`. Depth is counted before parsing, because
 * ten megabytes of brackets keep the parser busy for seconds.
 */
export function parseJson(text: string): JsonValue {
  assertShallow(text)
  try {
    // What JSON.parse gives is a JSON value by definition.
    const value = JSON.parse(text) as JsonValue
    if (text.includes('\\u0000')) assertNoNul(JSON.stringify(value))
    return value
  } catch (error) {
    if (error instanceof UserError) throw error
    const reason = error instanceof Error ? error.message : 'unknown reason'
    throw new UserError('invalid', 'request.malformed', 'The body is not valid JSON.', { detail: `${reason}.` })
  }
}

function assertShallow(text: string): void {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '"') i = endOfString(text, i)
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (depth > MAX_JSON_DEPTH) {
      throw new UserError('invalid', 'request.too_deep', `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep.`)
    }
  }
}

/** The place of the quote that closes a string, or the text's end. */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let backslashes = 0
    while (text[close - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return close
  }
  return text.length
}

function assertNoNul(text: string): void {
  if (!/\0|\\u0000/.test(text)) return
  throw new UserError('invalid', 'request.malformed', 'The body holds the character U+0000, which cannot be stored.')
}

function tooLarge(): UserError {
  return new UserError('too_large', 'request.too_large', `The body is larger than ${MAX_BODY_BYTES} bytes.`, {
    detail: 'Send a reference to large data, such as a URL, instead of the data itself.',
  })
}
