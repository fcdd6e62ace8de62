import type { DefinitionIssue } from '../contracts/issue.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'
import type { Program } from '../run/program.js'
import { checkConnectors } from './check-connectors.js'
import { type Inspection, inspect } from './inspect.js'
import type { DefinitionLimits } from './limits.js'

/** What compiling gives: a program, or every issue of the document. */
export type CompileResult =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly issues: readonly DefinitionIssue[] }

/** What a host checks, and within which limits. */
export interface CheckOptions extends DefinitionLimits {
  /**
   * Finds what only the host knows, in what can be read of the document; `isSound` when nothing is wrong with it so far.
   *
   * @default nothing more is looked for
   */
  readonly further?: (definition: WorkflowDefinition, isSound: boolean) => Promise<readonly DefinitionIssue[]>
}

/**
 * Checks a definition and prepares it for running. Never throws for bad input: all issues of its shape, its references
 * and its expressions come back at once, in the order of the document.
 */
export function compileWorkflow(document: unknown, limits: DefinitionLimits = {}): CompileResult {
  const inspection = inspect(document, limits)
  return result(inspection, inspection.issues)
}

/**
 * As `compileWorkflow`, and checks action steps against the connectors of a deployment too, also those of a definition
 * with other issues.
 *
 * @throws what `registry.load` and `further` throw
 */
export async function checkWorkflow(
  document: unknown,
  registry: ConnectorRegistry,
  { further = nothingFurther, ...limits }: CheckOptions = {},
): Promise<CompileResult> {
  const inspection = inspect(document, limits)
  const { definition } = inspection
  if (definition === undefined) return result(inspection, inspection.issues)
  const misused = await checkConnectors(definition, registry)
  const isSound = inspection.program !== undefined && misused.length === 0
  return result(inspection, inspection.withMore([...misused, ...(await further(definition, isSound))]))
}

async function nothingFurther(): Promise<readonly DefinitionIssue[]> {
  return []
}

function result({ program }: Inspection, issues: readonly DefinitionIssue[]): CompileResult {
  return program === undefined || issues.length > 0 ? { ok: false, issues } : { ok: true, program }
}
