import { isInlayError, StepError } from '@inlay/engine'

/** For the engine: the step that names the connection fails, and says what to do. */
export function connectionHasNoTokens(): StepError {
  return new StepError('authentication', 'The connection has no tokens', {
    detail: 'It was deleted, or nobody has signed in to the service for it. Connect the account anew.',
  })
}

export function appIsGone(connectorName: string): StepError {
  return new StepError('authentication', `No OAuth app is set up for ${connectorName} any more`, {
    detail: 'Tokens cannot be renewed without it. Whoever administers this product must set it again.',
  })
}

export function refreshIsUnderWay(connectionName: string): StepError {
  return new StepError('communication', `The tokens of "${connectionName}" are being renewed`, {
    detail: 'The service takes long to answer. Try again.',
  })
}

/** @param failure what the service said the last time */
export function refreshIsResting(connectionName: string, failure: string, retryAfterMs: number): StepError {
  return new StepError('communication', `The tokens of "${connectionName}" could not be renewed`, {
    detail: failure,
    retryAfterMs: Math.ceil(retryAfterMs),
  })
}

/** What an error says to people: its detail, else its title. */
export function explain(error: unknown): string {
  if (!isInlayError(error)) return 'The tokens could not be renewed for an unforeseen reason.'
  return `${error.message}. ${error.detail ?? ''}`.trim()
}
