import type { IncomingMessage } from 'node:http'
import type { IncomingRequest, JsonValue } from '@inlay/engine'
import { parseBody, parseFields, readRawBody } from '../read-body.js'

/** Bodies whose meaning is known; of any other the text is handed on as it is. */
const MEANINGFUL = /[/+]json\b|^application\/x-www-form-urlencoded\b/i

/** Where a request has come to. */
export interface IncomingAddress {
  /** As the service was told it: what proxies have made of it is not what the service has signed. */
  readonly url: string
  /** The address after its question mark. */
  readonly query: string
}

/**
 * A request as connectors see it: byte for byte, because signatures are made of bytes, and read beside it.
 *
 * @throws UserError `request.…` for bodies that cannot be taken
 */
export async function readIncomingRequest(
  request: IncomingMessage,
  { url, query }: IncomingAddress,
): Promise<IncomingRequest> {
  const rawBody = await readRawBody(request)
  return {
    method: request.method ?? 'POST',
    url,
    headers: joinedHeaders(request),
    query: lastOfEach(query === '' ? {} : parseFields(query, 'query')),
    rawBody,
    body: bodyOf(rawBody, request.headers['content-type'] ?? ''),
  }
}

function bodyOf(rawBody: Buffer, contentType: string): JsonValue {
  if (MEANINGFUL.test(contentType) || contentType === '') {
    const body = parseBody(rawBody, contentType)
    return isFields(contentType, body) ? lastOfEach(body) : body
  }
  return rawBody.length === 0 ? null : rawBody.toString('utf8')
}

function isFields(contentType: string, body: JsonValue): body is Record<string, string | string[]> {
  return /^application\/x-www-form-urlencoded\b/i.test(contentType) && body !== null
}

function joinedHeaders({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return joined
}

/** Connectors see one value of each name, as services send them. */
function lastOfEach(fields: Readonly<Record<string, string | string[]>>): Record<string, string> {
  const last = Object.entries(fields).map(([name, value]) => [
    name,
    Array.isArray(value) ? (value.at(-1) ?? '') : value,
  ])
  return Object.fromEntries(last)
}
