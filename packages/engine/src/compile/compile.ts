import type { DefinitionIssue } from '../contracts/issue.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'
import type { Program } from '../run/program.js'
import { checkConnectors } from './check-connectors.js'
import { type Inspection, inspect } from './inspect.js'
import type { DefinitionLimits } from './limits.js'

/** What compiling gives: a program, or every issue of the document. */
export type CompileResult =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly issues: readonly DefinitionIssue[] }

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
 * @throws what `registry.load` throws
 */
export async function checkWorkflow(
  document: unknown,
  registry: ConnectorRegistry,
  limits: DefinitionLimits = {},
): Promise<CompileResult> {
  const inspection = inspect(document, limits)
  const { definition } = inspection
  if (definition === undefined) return result(inspection, inspection.issues)
  return result(inspection, inspection.withMore(await checkConnectors(definition, registry)))
}

function result({ program }: Inspection, issues: readonly DefinitionIssue[]): CompileResult {
  return program === undefined || issues.length > 0 ? { ok: false, issues } : { ok: true, program }
}
