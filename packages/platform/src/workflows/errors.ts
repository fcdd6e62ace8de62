import { type DefinitionIssue, type JsonObject, UserError } from '@inlay/engine'

const SHOWN_ISSUES = 5

export function workflowNotFound(id: string): UserError {
  return new UserError('not_found', 'workflow.not_found', `There is no workflow ${id}.`)
}

export function versionNotFound(what: string): UserError {
  return new UserError('not_found', 'version.not_found', `There is no version ${what}.`)
}

export function draftConflict(): UserError {
  return new UserError('conflict', 'workflow.draft_conflict', 'Somebody else has changed the draft in the meantime.', {
    detail: 'Load the workflow again, then make your change once more.',
  })
}

export function notPublished(): UserError {
  return new UserError('conflict', 'workflow.not_published', 'Publish the workflow before you switch it on.')
}

/** A document that is no draft of a definition, however unfinished. @param schema the tag that it needs */
export function notADefinition(schema: string): UserError {
  return new UserError('invalid', 'definition.invalid', 'This is not a workflow definition.', {
    detail: `A definition is a JSON object with "schema": "${schema}".`,
  })
}

/** With all issues in `data`. */
export function invalidDefinition(issues: readonly DefinitionIssue[]): UserError {
  const count = issues.length === 1 ? 'is one problem' : `are ${issues.length} problems`
  return new UserError('invalid', 'definition.invalid', `There ${count} in the definition.`, {
    // Issues are plain records of texts and numbers; the interface only lacks an index signature.
    data: { issues } as unknown as JsonObject,
    detail: issues
      .slice(0, SHOWN_ISSUES)
      .map(({ pointer, message }) => `${pointer || '/'}: ${message}`)
      .join(' '),
  })
}

export function notReadable(): UserError {
  return new UserError('unprocessable', 'definition.invalid', 'The draft cannot be read as a workflow.', {
    detail: 'Correct what its issues name, then check for new versions again.',
  })
}

export function upgradeBreaks(count: number): UserError {
  const changes = count === 1 ? 'One change breaks' : `${count} changes break`
  return new UserError('conflict', 'workflow.upgrade_breaks', `${changes} this workflow.`, {
    detail:
      'Look at the upgrade check. With `acceptBreaking` the draft is written all the same, to be mended before it is published.',
  })
}
