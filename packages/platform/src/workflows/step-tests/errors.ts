import { UserError } from '@inlay/engine'

export function stepNotFound(stepId: string): UserError {
  return new UserError('not_found', 'workflow.unknown_step', `There is no step "${stepId}" in the draft.`)
}

export function pinTooLarge(maxBytes: number): UserError {
  return new UserError('too_large', 'workflow.pin_too_large', 'This is too much data to pin.', {
    detail: `At most ${maxBytes / 1024} KB can be pinned for a step. Shorten it and try again.`,
  })
}

export function tooManyPins(most: number): UserError {
  return new UserError(
    'conflict',
    'workflow.too_many_pins',
    `At most ${most} steps of a workflow can have pinned data.`,
    {
      detail: 'Take the pin off a step that no longer needs it.',
    },
  )
}
