import { UserError } from '@inlay/engine'

export function testNotFound(id: string): UserError {
  return new UserError('not_found', 'workflow_test.not_found', `There is no test ${id}.`)
}

export function tooManyTests(most: number): UserError {
  return new UserError('conflict', 'workflow_test.too_many', `A workflow can have at most ${most} tests.`, {
    detail: 'Delete one that is no longer needed.',
  })
}

/** @param why a sentence */
export function notRecordable(why: string): UserError {
  return new UserError('conflict', 'workflow_test.not_recordable', 'This run cannot be made a test.', { detail: why })
}
