import type { DefinitionIssue, WorkflowDefinition } from '@inlay/engine'
import { walkSteps } from './sequences.js'

/** Key of issues that concern the trigger. */
export const TRIGGER_OWNER = '$trigger'
/** Key of issues that concern the workflow as a whole. */
const WORKFLOW_OWNER = '$workflow'

/** An issue tied to its step, so that it stays there when steps before it come and go. */
export interface PlacedIssue {
  /** A step's id, `TRIGGER_OWNER` or `WORKFLOW_OWNER`. */
  readonly owner: string
  /** JSON Pointer relative to the owner, for example `/input/url`. */
  readonly field: string
  readonly message: string
  readonly expected?: string
  /** Whether it was found in an expression. */
  readonly isExpression?: true
}

/** Ties issues to the steps of the document that they were found in. */
export function placeIssues(
  definition: WorkflowDefinition,
  issues: readonly DefinitionIssue[],
): readonly PlacedIssue[] {
  const steps = [...walkSteps(definition)].toReversed()
  return issues.map((issue) => {
    const rest = {
      ...(issue.expected === undefined ? {} : { expected: issue.expected }),
      // The place in the text is told of expressions only.
      ...(issue.offset === undefined ? {} : { isExpression: true as const }),
    }
    const { pointer, message } = issue
    if (pointer === '/trigger' || pointer.startsWith('/trigger/')) {
      return { owner: TRIGGER_OWNER, field: pointer.slice('/trigger'.length), message, ...rest }
    }
    // Innermost steps come first, so the first prefix that fits is the nearest.
    const found = steps.find((each) => pointer === each.pointer || pointer.startsWith(`${each.pointer}/`))
    if (found !== undefined) {
      return { owner: found.step.id, field: pointer.slice(found.pointer.length), message, ...rest }
    }
    return { owner: issue.stepId ?? WORKFLOW_OWNER, field: pointer, message, ...rest }
  })
}

/** The issues of one step or of the trigger. */
export function issuesOf(issues: readonly PlacedIssue[], owner: string): readonly PlacedIssue[] {
  return issues.filter((issue) => issue.owner === owner)
}

/** What is wrong at a field or below it, as one text. */
export function fieldError(issues: readonly PlacedIssue[], field: string): string | undefined {
  const found = issues.filter((issue) => issue.field === field || issue.field.startsWith(`${field}/`))
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ')
}
