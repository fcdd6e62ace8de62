import { parseDuration } from '../contracts/duration.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import type { CompiledStep, Program } from '../run/program.js'
import { DefinitionCompiler } from './compiler.js'
import { inDocumentOrder } from './issue-order.js'
import { type DefinitionLimits, MAX_NESTING } from './limits.js'
import { policyIssues } from './policy-issues.js'
import { readDocument } from './read-document.js'
import { salvage } from './salvage.js'
import { workflowSchema } from './schema.js'
import { isPlaceholderId } from './stand-in-steps.js'
import { triggerIssues } from './trigger-issues.js'
import { allSteps } from './walk.js'

/** All that can be found out about a document without leaving the process. */
export interface Inspection {
  /** Ready to run; undefined when there are issues. */
  readonly program: Program | undefined
  /** What can be read of the document, for further checks; undefined when nothing can. */
  readonly definition: WorkflowDefinition | undefined
  /** In the order of the document. */
  readonly issues: readonly DefinitionIssue[]
  /** The issues with those of a further check of `definition`, without those that only come from what is broken anyway. */
  withMore(further: readonly DefinitionIssue[]): readonly DefinitionIssue[]
}

/** Reads and compiles a document. Never throws, whatever it is given. */
export function inspect(given: unknown, limits: DefinitionLimits = {}): Inspection {
  const read = readDocument(given, { maxNesting: limits.maxNesting ?? MAX_NESTING })
  if (!read.ok) {
    const { issues } = read
    return { program: undefined, definition: undefined, issues, withMore: () => issues }
  }
  const parsed = workflowSchema.safeParse(read.document)
  return parsed.success ? inspectWhole(read.document, parsed.data, limits) : inspectBroken(read.document, limits)
}

function inspectWhole(document: JsonValue, definition: WorkflowDefinition, limits: DefinitionLimits): Inspection {
  const { steps, issues } = compileSteps(definition, limits)
  return {
    program: issues.length === 0 ? programOf(definition, steps) : undefined,
    definition,
    issues: inDocumentOrder(document, issues),
    withMore: (further) => inDocumentOrder(document, [...issues, ...further]),
  }
}

function inspectBroken(document: JsonValue, limits: DefinitionLimits): Inspection {
  const salvaged = salvage(document)
  const { definition } = salvaged
  const found = definition === undefined ? [] : compileSteps(definition, limits).issues
  const asAuthored = (issues: readonly DefinitionIssue[]): DefinitionIssue[] =>
    issues
      .filter((issue) => !salvaged.isFollowUp(issue))
      .map((issue) => withoutPlaceholder({ ...issue, pointer: salvaged.originOf(issue.pointer) }))
  const issues = [...salvaged.issues.map(withoutPlaceholder), ...asAuthored(found)]
  return {
    program: undefined,
    definition,
    issues: inDocumentOrder(document, issues),
    withMore: (further) => inDocumentOrder(document, [...issues, ...asAuthored(further)]),
  }
}

function withoutPlaceholder(issue: DefinitionIssue): DefinitionIssue {
  const { stepId, ...rest } = issue
  return stepId === undefined || isPlaceholderId(stepId) ? rest : issue
}

interface CompiledSteps {
  readonly steps: readonly CompiledStep[]
  readonly issues: readonly DefinitionIssue[]
}

function compileSteps(definition: WorkflowDefinition, limits: DefinitionLimits): CompiledSteps {
  const ids = [...allSteps(definition.steps)].map(({ step }) => step.id)
  const compiler = new DefinitionCompiler(new Set(ids), limits)
  const steps = compiler.compile(definition.steps)
  const issues = [...triggerIssues(definition.trigger), ...policyIssues(definition), ...compiler.issues]
  return { steps, issues }
}

function programOf(definition: WorkflowDefinition, steps: readonly CompiledStep[]): Program {
  const responds = [...allSteps(definition.steps)].some(({ step }) => step.type === 'respond')
  return { definition, steps, responds, timeoutMs: parseDuration(definition.timeout ?? '') }
}
