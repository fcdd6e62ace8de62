import { UserError } from '@inlay/engine'

export function runNotFound(id: string): UserError {
  return new UserError('not_found', 'run.not_found', `There is no run ${id}.`)
}

export function versionIsGone(id: string): UserError {
  return new UserError('conflict', 'run.version_gone', `The workflow that the run ${id} belongs to was deleted.`, {
    detail: 'What it would execute is not there any more.',
  })
}

export function runHasEnded(id: string): UserError {
  return new UserError('conflict', 'run.has_ended', `The run ${id} has ended and cannot be suspended.`)
}

export function runHasNotEnded(id: string): UserError {
  return new UserError('conflict', 'run.not_ended', `The run ${id} has not ended.`, {
    detail: 'A redrive takes up a run that has failed or was cancelled.',
  })
}

export function runHasSucceeded(id: string): UserError {
  return new UserError('conflict', 'run.succeeded', `The run ${id} has succeeded: nothing is left to do.`, {
    detail: 'Use rerun to do all of it again, or fork to begin at a step.',
  })
}

export function notSuspended(id: string): UserError {
  return new UserError('conflict', 'run.not_suspended', `The run ${id} is not suspended.`)
}

export function outputNotFound(id: string, stepPath: string): UserError {
  const title = `The step "${stepPath}" of the run ${id} has given nothing.`
  return new UserError('not_found', 'run.output_not_found', title, { detail: 'It may not have succeeded yet.' })
}

export function outputIsGone(id: string, stepPath: string): UserError {
  const title = `The output of the step "${stepPath}" of the run ${id} is no longer kept.`
  return new UserError('not_found', 'run.output_gone', title, { detail: 'It was larger than the journal holds.' })
}

export function workflowNotFound(id: string): UserError {
  return new UserError('not_found', 'workflow.not_found', `There is no workflow ${id}.`)
}

export function notPublished(): UserError {
  return new UserError('conflict', 'workflow.not_published', 'Publish the workflow before you start it.')
}

export function switchedOff(): UserError {
  return new UserError('conflict', 'workflow.disabled', 'The workflow is switched off.', {
    detail: 'Switch it on to start runs, or start a test run of its draft.',
  })
}
