import { isInlayError, type JsonValue, StepError, UserError } from '@inlay/engine'

export function connectionNotFound(id: string): UserError {
  return new UserError('not_found', 'connection.not_found', `There is no connection ${id}.`)
}

/** @param issues what is wrong with which of the form's values */
export function connectionIncomplete(issues: readonly { pointer: string; message: string }[]): UserError {
  return new UserError('invalid', 'connection.invalid', 'The connection is not complete.', {
    // Issues are plain records of texts; the interface only lacks an index signature.
    data: { issues } as unknown as JsonValue,
  })
}

/** @param why what the service said, without any of the values */
export function connectionTestFailed(connectorName: string, why: string): UserError {
  const title = `${connectorName} could not be connected.`
  return new UserError('unprocessable', 'connection.test_failed', title, { detail: why })
}

/** What a failed test says to people. */
export function explainFailure(error: unknown): string {
  return isInlayError(error)
    ? [`${error.message}.`, error.detail ?? ''].join(' ').trim()
    : 'The test failed unexpectedly.'
}

/** For the engine: the step that names the connection fails, and says what to do. */
export function connectionIsGone(): StepError {
  return new StepError('authentication', 'The connection does not exist', {
    detail: 'It was deleted, or is for another connector. Choose a connection on the step and publish again.',
  })
}

/** @param cause why, for the log alone */
export function connectionDoesNotOpen(cause: unknown): StepError {
  return new StepError('authentication', 'The connection cannot be opened', {
    detail: 'Its secrets were changed outside of Inlay, or their master key is missing. Connect the account anew.',
    cause,
  })
}
