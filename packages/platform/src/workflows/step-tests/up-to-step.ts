import type { JsonValue, WorkflowDefinition } from '@inlay/engine'
import { requireDraft, toJson } from '../definition-checks.js'
import { notReadable } from '../errors.js'
import { cutAfter } from './cut-after.js'
import { stepNotFound } from './errors.js'

/** A draft without what comes after a step. @throws UserError `workflow.unknown_step`, `definition.invalid` */
export function upToStep(document: JsonValue, stepId: string | undefined): JsonValue {
  if (stepId === undefined) return document
  const draft = requireDraft(document)
  try {
    // Drafts may lack what a definition has; whoever stumbles over that says so.
    const cut = cutAfter(draft as unknown as WorkflowDefinition, stepId)
    if (cut === undefined) throw stepNotFound(stepId)
    return toJson(cut)
  } catch (error) {
    if (error instanceof TypeError) throw notReadable()
    throw error
  }
}
