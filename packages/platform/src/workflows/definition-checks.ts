import {
  allSteps,
  type ConnectorRegistry,
  checkWorkflow,
  type DefinitionIssue,
  isInlayError,
  type JsonObject,
  type JsonValue,
  type Program,
  WORKFLOW_SCHEMA,
  type WorkflowDefinition,
} from '@inlay/engine'
import type { TenantCatalog } from '../catalog/index.js'
import { type Guardrails, guardrailIssues } from '../guardrails/index.js'
import { scheduleIssues } from '../triggers/index.js'
import { availabilityIssues } from './connector-uses.js'
import { invalidDefinition, notADefinition } from './errors.js'
import { type FileCheck, fileIssues } from './file-issues.js'
import { type ScopeCheck, scopeIssues } from './scope-issues.js'

/** What a definition is checked against. */
export interface Deployment {
  readonly registry: ConnectorRegistry
  /** What the tenant makes of connectors. */
  readonly catalog: TenantCatalog
  /** Where permissions of connections are looked up. @default they are not, and runs find out */
  readonly scopes?: ScopeCheck
  /** Where files are looked up. @default they are not, and runs find out */
  readonly files?: FileCheck
  /** What the caller is offered; null: everything. */
  readonly offer: Guardrails | null
}

/** All that is wrong with a definition: its shape, its expressions, its schedule, its connectors. Empty when it can be published. */
export async function definitionIssues(document: JsonValue, against: Deployment): Promise<DefinitionIssue[]> {
  const checked = await check(document, against)
  return [...checked.issues]
}

/** @throws UserError `definition.invalid` with all issues */
export async function requireValid(document: JsonValue, against: Deployment): Promise<Program> {
  const { program, issues } = await check(document, against)
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
export async function pinConnectors(
  definition: WorkflowDefinition,
  registry: ConnectorRegistry,
): Promise<WorkflowDefinition> {
  const pinned = structuredClone(definition)
  const pin = async (use: { readonly connector: string; readonly version?: string }): Promise<void> => {
    if (use.version !== undefined) return
    const connector = await registry.load(use.connector)
    if (connector !== undefined) Object.assign(use, { version: connector.version })
  }
  if (pinned.trigger.type === 'connector') await pin(pinned.trigger)
  for (const { step } of allSteps(pinned.steps)) if (step.type === 'action') await pin(step)
  return pinned
}

/** A parsed definition is the JSON that it was parsed from. */
export function toJson(definition: WorkflowDefinition): JsonValue {
  return definition as unknown as JsonValue
}

interface Checked {
  readonly program?: Program
  readonly issues: readonly DefinitionIssue[]
}

async function check(document: JsonValue, against: Deployment): Promise<Checked> {
  const broken: DefinitionIssue[] = []
  const checked = await checkWorkflow(document, withoutBroken(against.registry, broken), {
    further: (definition, isSound) => (isSound ? allOwnIssues(definition, against) : goneFiles(definition, against)),
  })
  return checked.ok ? { program: checked.program, issues: [] } : { issues: [...broken, ...checked.issues] }
}

async function allOwnIssues(definition: WorkflowDefinition, against: Deployment): Promise<DefinitionIssue[]> {
  const { registry, catalog, scopes, offer } = against
  return [
    ...scheduleIssues(definition.trigger),
    ...availabilityIssues(definition, catalog),
    ...(offer === null ? [] : guardrailIssues(definition, offer)),
    ...(scopes === undefined ? [] : await scopeIssues(definition, registry, scopes)),
    ...(await goneFiles(definition, against)),
  ]
}

/** Found beside other mistakes, too: what is imported or pasted hardly ever has all its accounts yet. */
async function goneFiles(definition: WorkflowDefinition, { files }: Deployment): Promise<DefinitionIssue[]> {
  return files === undefined ? [] : fileIssues(definition, files)
}

/** A workflow can be looked at though one of its connectors does not load: that is an issue like others. */
function withoutBroken(registry: ConnectorRegistry, broken: DefinitionIssue[]): ConnectorRegistry {
  return {
    list: () => registry.list(),
    load: async (id, version) => {
      try {
        return await registry.load(id, version)
      } catch (error) {
        if (!isInlayError(error)) throw error
        if (!broken.some(({ message }) => message.startsWith(error.message))) {
          const message = `${error.message}. ${error.detail ?? ''}`.trimEnd()
          broken.push({ code: 'connector.not_loaded', pointer: '', message, details: { reason: error.message } })
        }
        return undefined
      }
    },
  }
}
