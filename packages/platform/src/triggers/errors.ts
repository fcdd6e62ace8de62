import { UserError } from '@inlay/engine'

/** The same for addresses that never were and for those that are switched off: neither can be told from the other. */
export function hookNotFound(): UserError {
  return new UserError('not_found', 'hook.not_found', 'There is no active webhook at this address.', {
    detail: 'Check the address, and that its workflow is published and switched on.',
  })
}

/** @param maxBytes what is accepted */
export function bodyTooLarge(maxBytes: number): UserError {
  return new UserError('too_large', 'request.too_large', `The body is larger than ${maxBytes} bytes.`, {
    detail: 'Send a reference to large data, such as a URL, instead of the data itself.',
  })
}

/** @param reason what is too large, as the engine says it */
export function triggerTooLarge(reason: string): UserError {
  return new UserError('too_large', 'request.too_large', 'The request is too large to be stored.', { detail: reason })
}

/** @param maxDepth levels that are accepted */
export function bodyTooDeep(maxDepth: number): UserError {
  return new UserError('invalid', 'request.too_deep', `The JSON is nested more than ${maxDepth} levels deep.`)
}

/** @param reason what is wrong and where, as a sentence */
export function bodyMalformed(reason: string): UserError {
  return new UserError('invalid', 'request.malformed', 'The body is not valid JSON.', { detail: reason })
}

export function bodyIncomplete(): UserError {
  return new UserError('invalid', 'request.incomplete', 'The connection ended before the whole body had arrived.')
}

/** @param place which part of the request holds it */
export function nulCharacter(place: string): UserError {
  const title = `The ${place} holds the character U+0000, which cannot be stored.`
  return new UserError('invalid', 'request.malformed', title, { detail: 'Leave it out.' })
}

/** @param maxLength characters that are accepted */
export function keyTooLong(maxLength: number): UserError {
  return new UserError('invalid', 'request.invalid', `An Idempotency-Key has at most ${maxLength} characters.`)
}
