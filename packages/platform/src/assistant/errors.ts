import { UserError } from '@inlay/engine'

export function assistantUnavailable(): UserError {
  return new UserError('not_found', 'assistant.unavailable', 'Workflows cannot be described in words here.', {
    detail: 'The operator sets AI_API_URL, AI_API_KEY and AI_MODEL to offer it.',
  })
}

/** @param detail what a person can do about it */
export function assistantFailed(detail: string, cause?: unknown): UserError {
  return new UserError('unprocessable', 'assistant.failed', 'No workflow came of the description.', {
    detail,
    ...(cause === undefined ? {} : { cause }),
  })
}
