import { type ErrorKind, isInlayError, StepError } from '@inlay/sdk/connector'

/** Where the broker said no. */
type Stage = 'sign-in' | 'work'

const KINDS: Readonly<Record<number, ErrorKind>> = {
  311: 'limit',
  320: 'communication',
  402: 'rejected',
  403: 'authorization',
  404: 'rejected',
  405: 'rejected',
  406: 'rejected',
  506: 'communication',
  530: 'authorization',
  541: 'communication',
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'RabbitMQ did not accept the credentials',
  authorization: 'The user may not do this in RabbitMQ',
  communication: 'RabbitMQ had a problem',
}

/** What a broker meant that closed a channel or the connection, by its reply code. */
export function closedBy(code: number, text: string, stage: Stage): StepError {
  const kind = code === 403 && stage === 'sign-in' ? 'authentication' : (KINDS[code] ?? 'rejected')
  return new StepError(kind, TITLES[kind] ?? 'RabbitMQ refused', {
    detail: text.slice(0, 500),
    data: { replyCode: code },
  })
}

/** What was thrown on the way, as people shall see it. */
export function toStepError(error: unknown): unknown {
  if (isInlayError(error)) return error
  const message = error instanceof Error ? error.message : 'unknown'
  if (/certificate|self.signed|\bssl\b|\btls\b|wrong version/i.test(message)) {
    return new StepError('communication', 'There is no safe connection to RabbitMQ', {
      detail: `${message}. Check the AMQP address and the CA certificate of the connection; nothing was sent.`,
      cause: error,
      retryable: false,
    })
  }
  return new StepError('communication', 'RabbitMQ had a problem', { detail: message, cause: error })
}
