import type { DefinitionIssue, IssueCode, IssueDetails, WorkflowDefinition } from '@inlay/engine'
import { walkSteps } from './sequences.js'

/** Key of issues that concern the trigger. */
export const TRIGGER_OWNER = '$trigger'
/** Key of issues that concern the workflow as a whole. */
const WORKFLOW_OWNER = '$workflow'

/** What is wrong at a field, in words. */
export interface FieldIssue {
  /** A step's id, `TRIGGER_OWNER` or `WORKFLOW_OWNER`. */
  readonly owner: string
  /** JSON Pointer relative to the owner, for example `/input/url`. */
  readonly field: string
  readonly message: string
}

/** An issue tied to its step, so that it stays there when steps before it come and go. */
export interface PlacedIssue extends FieldIssue {
  /** What is wrong, for programs. */
  readonly code: IssueCode
  /** The facts that belong to the code. */
  readonly details: IssueDetails
}

/** Ties issues to the steps of the document that they were found in. */
export function placeIssues(
  definition: WorkflowDefinition,
  issues: readonly DefinitionIssue[],
): readonly PlacedIssue[] {
  const steps = [...walkSteps(definition)].toReversed()
  return issues.map((issue) => {
    const { pointer, code, details = {}, message } = issue
    const what = { code, details, message }
    if (pointer === '/trigger' || pointer.startsWith('/trigger/')) {
      return { owner: TRIGGER_OWNER, field: pointer.slice('/trigger'.length), ...what }
    }
    // Innermost steps come first, so the first prefix that fits is the nearest.
    const found = steps.find((each) => pointer === each.pointer || pointer.startsWith(`${each.pointer}/`))
    if (found !== undefined) {
      return { owner: found.step.id, field: pointer.slice(found.pointer.length), ...what }
    }
    return { owner: issue.stepId ?? WORKFLOW_OWNER, field: pointer, ...what }
  })
}

/** The issues of one step or of the trigger. */
export function issuesOf(issues: readonly PlacedIssue[], owner: string): readonly PlacedIssue[] {
  return issues.filter((issue) => issue.owner === owner)
}

/** What is wrong at a field or below it, as one text. */
export function fieldError(issues: readonly FieldIssue[], field: string): string | undefined {
  const found = issues.filter((issue) => issue.field === field || issue.field.startsWith(`${field}/`))
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ')
}
