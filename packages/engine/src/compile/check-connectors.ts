import type { ConnectorAction } from '../contracts/connector.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import type { ActionStep, WorkflowDefinition } from '../contracts/workflow.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'
import { toPointer } from './schema-issues.js'
import { allSteps } from './walk.js'

/**
 * Checks action steps against the connectors of a deployment: unknown connectors and actions, missing connections,
 * fields that are missing or wrong. A field that holds an expression is taken to be right: its value is not known yet.
 */
export async function checkConnectors(
  definition: WorkflowDefinition,
  registry: ConnectorRegistry,
): Promise<DefinitionIssue[]> {
  const issues: DefinitionIssue[] = []
  for (const { step, pointer } of allSteps(definition.steps)) {
    if (step.type === 'action') issues.push(...(await checkAction(step, pointer, registry)))
  }
  return issues
}

async function checkAction(step: ActionStep, pointer: string, registry: ConnectorRegistry): Promise<DefinitionIssue[]> {
  const connector = await registry.load(step.connector, step.version)
  const issue = (place: string, message: string, expected?: string): DefinitionIssue => ({
    pointer: pointer + place,
    stepId: step.id,
    message,
    ...(expected === undefined ? {} : { expected }),
  })
  if (connector === undefined) {
    const known = [...new Set(registry.list().map(({ id }) => id))].join(', ')
    return [issue('/connector', `There is no connector "${step.connector}".`, `one of ${known}`)]
  }
  const action = Object.hasOwn(connector.actions, step.action) ? connector.actions[step.action] : undefined
  if (action === undefined) {
    const known = Object.keys(connector.actions).join(', ')
    return [issue('/action', `${connector.name} has no action "${step.action}".`, `one of ${known}`)]
  }
  const needsConnection = connector.auth.kind !== 'none' && connector.auth.optional !== true
  const missing =
    needsConnection && step.connection === undefined
      ? [issue('/connection', `${connector.name} needs a connection. Choose one or create it.`)]
      : []
  return [...missing, ...inputIssues(step, action).map(({ place, message }) => issue(place, message))]
}

function inputIssues(step: ActionStep, action: ConnectorAction): { place: string; message: string }[] {
  const parsed = action.input.safeParse(step.input)
  if (parsed.success) return []
  return parsed.error.issues
    .filter(({ path }) => !holdsExpression(step.input, path))
    .map(({ path, message }) => {
      const field = path.map(String).join('.') || 'input'
      const isMissing = valueAt(step.input, path) === undefined
      return {
        place: `/input${toPointer(path)}`,
        message: isMissing ? `"${field}" is missing.` : `"${field}" is not right: ${message}.`,
      }
    })
}

/** Whether the value at a path, or one around it, is an expression. */
function holdsExpression(input: JsonValue, path: readonly PropertyKey[]): boolean {
  return path.some((_, index) => isExpression(valueAt(input, path.slice(0, index + 1)))) || isExpression(input)
}

function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{')
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    // Indexing plain JSON by a key from zod's own path.
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
