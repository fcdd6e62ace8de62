import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { JsonObject } from '@inlay/engine'
import { keyTooLong } from './errors.js'
import { parseBody, parseFields, readRawBody } from './read-body.js'

/** Headers that hold the sender's secrets, or say nothing: workflows do not see them. */
const HIDDEN_HEADERS = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'connection',
  'content-length',
  'host',
])

const MAX_KEY_LENGTH = 200

/** What a workflow sees of a request as `trigger`. @throws UserError `request.…` for bodies that cannot be taken */
export async function readTrigger(request: IncomingMessage, query: string): Promise<JsonObject> {
  const raw = await readRawBody(request)
  return {
    method: request.method ?? 'POST',
    headers: visibleHeaders(request.headers),
    query: query === '' ? {} : parseFields(query, 'query'),
    body: parseBody(raw, request.headers['content-type'] ?? ''),
  }
}

/**
 * A sender's own id of the message, if it names one: repeated deliveries then start one run.
 *
 * @throws UserError `request.invalid` for a key that is too long
 */
export function deduplicationOf(headers: IncomingHttpHeaders): { deduplicationKey?: string } {
  const key = headers['idempotency-key'] ?? headers['webhook-id']
  if (typeof key !== 'string' || key === '') return {}
  if (key.length > MAX_KEY_LENGTH) throw keyTooLong(MAX_KEY_LENGTH)
  return { deduplicationKey: `hook:${key}` }
}

function visibleHeaders(headers: IncomingHttpHeaders): JsonObject {
  const visible: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined && !HIDDEN_HEADERS.has(name))
      visible[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return visible
}
