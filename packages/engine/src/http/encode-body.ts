import type { HttpRequest } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { type EncodedBody, encodeMultipart } from './multipart.js'

/**
 * The body of a request; undefined when it has none.
 *
 * @throws StepError `validation` for more than one body, and for one that cannot be sent
 */
export function encodeBody(request: HttpRequest): EncodedBody | undefined {
  const { json, text, form, bytes, multipart } = request
  // Counted by hand: every call of every workflow comes by here.
  const bodies = one(json) + one(text) + one(form) + one(bytes) + one(multipart)
  if (bodies === 0) return undefined
  if (bodies > 1) throw twoBodies()
  if (json !== undefined) return { content: stringify(json), contentType: 'application/json' }
  if (text !== undefined) return { content: text, contentType: 'text/plain; charset=utf-8' }
  if (form !== undefined) {
    return { content: new URLSearchParams(form).toString(), contentType: 'application/x-www-form-urlencoded' }
  }
  if (multipart !== undefined) return encodeMultipart(multipart)
  return bytes === undefined ? undefined : { content: bytes, contentType: undefined }
}

function one(value: unknown): 0 | 1 {
  return value === undefined ? 0 : 1
}

function stringify(json: HttpRequest['json']): string {
  try {
    return JSON.stringify(json)
  } catch (error) {
    // Types keep circles and big integers out, and connectors may be written without types.
    const detail = 'It holds itself, or a value that JSON does not have.'
    throw new StepError('validation', 'The body cannot be written as JSON', { detail, cause: error })
  }
}

function twoBodies(): StepError {
  const detail = 'Send one of json, text, form, bytes and multipart.'
  return new StepError('validation', 'The request has more than one body', { detail })
}
