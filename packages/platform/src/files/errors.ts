import { UserError } from '@inlay/engine'

/** @param maxBytes what is accepted */
export function fileTooLarge(maxBytes: number): UserError {
  return new UserError('too_large', 'file.too_large', `The file is larger than ${maxBytes} bytes.`, {
    detail: `A file that is uploaded has at most ${maxBytes} bytes. Send a smaller one, or let a step fetch it by its address.`,
    data: { maxBytes },
  })
}

/** @param contentType as it was sent */
export function badMediaType(contentType: string): UserError {
  return new UserError('unsupported', 'file.media_type', 'This is not the media type of a file.', {
    detail: `The body is the file itself, and the header content-type its media type, such as application/pdf; not ${JSON.stringify(contentType.slice(0, 100))}.`,
  })
}

/** A deployment without a blob store. */
export function filesNotKept(): UserError {
  return new UserError('unprocessable', 'file.not_kept', 'This deployment keeps no files.', {
    detail: 'Its operator has to set BLOB_STORE.',
  })
}

/** The same for files of others and for those that are no longer kept. */
export function fileNotFound(id: string): UserError {
  return new UserError('not_found', 'file.not_found', `There is no file ${id.slice(0, 100)}.`, {
    detail: 'It is not one that was uploaded for this customer, or it is no longer kept.',
  })
}

/** @param limit uploads that may be in progress */
export function tooManyUploads(limit: number): UserError {
  return new UserError('too_many', 'file.too_many', 'Too many files are being uploaded.', {
    detail: `At most ${limit} files of a tenant are taken at once. Wait for one to end.`,
    data: { retryAfterMs: 2000 },
  })
}

/** Callers who speak for all customers have to name one. */
export function customerNeeded(): UserError {
  return new UserError('invalid', 'request.invalid', 'The customer is not named.', {
    detail: 'Add the parameter customerId to the address: files belong to a customer.',
  })
}
