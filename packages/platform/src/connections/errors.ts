import { type Connector, isInlayError, type JsonValue, StepError, UserError } from '@inlay/engine'

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

/** @param method the id that was asked for; undefined when none was */
export function noSuchMethod({ name, auth }: Connector, method: string | undefined): UserError {
  const offered = auth.map(({ id }) => `"${id}"`).join(', ')
  const title = method === undefined ? `${name} has nothing to connect.` : `${name} cannot be connected by "${method}".`
  return new UserError('invalid', 'connection.no_method', title, {
    ...(auth.length === 0 ? {} : { detail: `It can be connected by ${offered}.` }),
  })
}

export function needsAuthorization(connectorName: string): UserError {
  const title = `${connectorName} is connected by signing in to it.`
  return new UserError('unprocessable', 'connection.needs_authorization', title, {
    detail: 'Start an authorization for it, and send the person to the address that it gives.',
  })
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

/** @param why what the service said when the tokens were refreshed */
export function reconnectNeeded(why: string | null): StepError {
  return new StepError('authentication', 'The account has to be connected again', {
    detail: [why ?? '', 'Open the connection and sign in to the service again.'].join(' ').trim(),
  })
}

/** @param cause why, for the log alone */
export function connectionDoesNotOpen(cause: unknown): StepError {
  return new StepError('authentication', 'The connection cannot be opened', {
    detail:
      'Its secrets were changed outside of this system, or their master key is missing. Connect the account anew.',
    cause,
  })
}
