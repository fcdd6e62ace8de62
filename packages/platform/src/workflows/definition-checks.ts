import {
  allSteps,
  type ConnectorRegistry,
  checkWorkflow,
  type DefinitionIssue,
  type JsonObject,
  type JsonValue,
  type Program,
  WORKFLOW_SCHEMA,
  type WorkflowDefinition,
} from '@inlay/engine'
import { scheduleIssues } from '../triggers/index.js'
import { invalidDefinition, notADefinition } from './errors.js'

/** All that is wrong with a definition: its shape, its expressions, its schedule, its connectors. Empty when it can be published. */
export async function definitionIssues(document: JsonValue, registry: ConnectorRegistry): Promise<DefinitionIssue[]> {
  const checked = await check(document, registry)
  return [...checked.issues]
}

/** @throws UserError `definition.invalid` with all issues */
export async function requireValid(document: JsonValue, registry: ConnectorRegistry): Promise<Program> {
  const { program, issues } = await check(document, registry)
  if (program === undefined || issues.length > 0) throw invalidDefinition(issues)
  return program
}

/** @throws UserError `definition.invalid` for what is no draft at all */
export function requireDraft(document: JsonValue): JsonObject {
  const isObject = typeof document === 'object' && document !== null && !Array.isArray(document)
  // The check above leaves nothing but objects.
  const draft = document as JsonObject
  if (isObject && draft['schema'] === WORKFLOW_SCHEMA) return draft
  throw notADefinition(WORKFLOW_SCHEMA)
}

/** What a new workflow begins with. */
export function emptyDefinition(name: string): JsonValue {
  return { schema: WORKFLOW_SCHEMA, name, trigger: { type: 'webhook' }, steps: [] }
}

/** A version says which versions of connectors it runs on, so that a new one does not change what was tested. */
export async function pinConnectors(definition: WorkflowDefinition, registry: ConnectorRegistry): Promise<JsonValue> {
  const pinned = structuredClone(definition)
  for (const { step } of allSteps(pinned.steps)) {
    if (step.type !== 'action' || step.version !== undefined) continue
    const connector = await registry.load(step.connector)
    if (connector !== undefined) Object.assign(step, { version: connector.version })
  }
  return toJson(pinned)
}

/** A parsed definition is the JSON that it was parsed from. */
export function toJson(definition: WorkflowDefinition): JsonValue {
  return definition as unknown as JsonValue
}

interface Checked {
  readonly program?: Program
  readonly issues: readonly DefinitionIssue[]
}

async function check(document: JsonValue, registry: ConnectorRegistry): Promise<Checked> {
  const checked = await checkWorkflow(document, registry)
  if (!checked.ok) return { issues: checked.issues }
  const { program } = checked
  return { program, issues: scheduleIssues(program.definition.trigger) }
}
