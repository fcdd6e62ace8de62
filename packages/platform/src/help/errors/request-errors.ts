import type { ErrorArea } from './error-help.js'

/** Of requests as such, whatever they ask for. */
export const REQUEST_ERRORS = {
  'request.invalid': {
    status: [400],
    what: 'The request is not valid.',
    why: 'A field is missing, has the wrong type or is out of range, or there is a field that the operation does not know.',
    fix: 'Look at `issues`: each names the place by a JSON Pointer and says what is expected there. The OpenAPI document has the whole shape.',
  },
  'request.malformed': {
    status: [400],
    what: 'The request cannot be read.',
    why: 'The body is not valid JSON, the address cannot be decoded, or a text holds the character U+0000, which cannot be stored.',
    fix: 'Send valid JSON in UTF-8, encode the parts of the address, and leave out U+0000.',
  },
  'request.incomplete': {
    status: [400],
    what: 'The connection ended before the whole body had arrived.',
    why: 'The sender gave up or lost its network while it was sending.',
    fix: 'Send the request again, with the same `Idempotency-Key` if it had one.',
  },
  'request.media_type': {
    status: [400, 415],
    what: 'The body must be JSON.',
    why: 'The header `content-type` is missing or names something else.',
    fix: 'Send `content-type: application/json`.',
  },
  'request.too_deep': {
    status: [400],
    what: 'The JSON is nested too deeply.',
    why: 'Documents of that depth are almost always made by mistake, and can exhaust who reads them.',
    fix: 'Send a flatter document, or the deep part as a text.',
  },
  'request.too_large': {
    status: [413],
    what: 'The request is too large.',
    why: 'Bodies, and what is stored of them, are bounded.',
    fix: 'Send a reference to large data, such as a URL, instead of the data itself.',
  },
  not_found: {
    status: [404],
    what: 'There is nothing at this address.',
    why: 'The method or the path is not one of the API, or is spelled otherwise.',
    fix: 'Compare it with the API reference at `/docs`; paths begin with `/v1` and are case-sensitive.',
  },
  method_not_supported: {
    status: [405],
    what: 'This method cannot be used here.',
    why: 'The address exists, but answers other methods.',
    fix: 'Use the method that the API reference names for it.',
  },
  'cursor.invalid': {
    status: [400],
    what: 'The cursor does not belong to this list.',
    why: 'It was made by another list or filter, or was changed on its way.',
    fix: 'Begin again without a cursor, and pass `nextCursor` on exactly as it came.',
  },
  'idempotency.in_flight': {
    status: [409],
    what: 'The first request with this `Idempotency-Key` is still under way.',
    why: 'A repetition came before the first attempt had an answer.',
    fix: 'Wait a moment and send it again with the same key.',
  },
  'idempotency.mismatch': {
    status: [422],
    what: 'This `Idempotency-Key` was used with another request.',
    why: 'A key stands for one request; this one has another body.',
    fix: 'Use a new key for a new request.',
  },
  'idempotency.unreadable': {
    status: [409],
    what: 'The first answer to this `Idempotency-Key` cannot be read any more.',
    why: 'The request was carried out, but the master key with which its answer was kept is gone.',
    fix: 'Read the state of what you wanted to change; use a new key for what is still to do.',
  },
  internal: {
    status: [500],
    what: 'Something went wrong on our side.',
    why: 'The request met an error that nobody has foreseen. It was logged under its request id.',
    fix: 'Try again with the same `Idempotency-Key`. If it stays, report the `requestId`.',
  },
  unavailable: {
    status: [503],
    what: 'The service cannot reach its database.',
    why: 'It is being restarted, or its network is interrupted. Nothing was changed.',
    fix: 'Try again after `Retry-After`; the client of the SDK does so by itself.',
  },
  'limit.too_many_calls': {
    status: [429],
    what: 'Calls of this kind were made too often in a short time.',
    why: 'Tests of steps, uploads, choices of fields, drafts of the assistant, tools of agents and sign-ins to services reach outside or cost money. They are bounded per person and per customer, and per API key.',
    fix: 'Wait as long as `retryAfterSeconds` and the header `Retry-After` say, then send the same request again.',
  },
  'limit.too_many_failures': {
    status: [429],
    what: 'Too many requests from this address were refused.',
    why: 'Embed tokens and links of approvals and callbacks were refused again and again; from then on the address has to wait.',
    fix: 'Mend what is refused: the codes of the answers before this one say why. Then wait as long as `Retry-After` says.',
  },
} as const satisfies ErrorArea
