import { UserError } from '@inlay/engine'

export function runNotFound(id: string): UserError {
  return new UserError('not_found', 'run.not_found', `There is no run ${id}.`)
}

export function versionIsGone(id: string): UserError {
  return new UserError('conflict', 'run.version_gone', `The workflow that the run ${id} belongs to was deleted.`, {
    detail: 'What it would execute is not there any more.',
  })
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
